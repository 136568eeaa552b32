//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A change picks the files of a module that are changed before a run; nil changes
// nothing.
type change func(ctx context.Context, dir string) (files []string, err error)

// changes has what is changed in which state.
var changes = map[string]change{oneChanged: mostImported, dependencies: allFiles}

// apply adds a function of that name, which nothing calls, to the files, and builds
// what depends on them: a build is no part of what is measured. It returns what undoes
// that.
func (c change) apply(ctx context.Context, dir, function string) (undo func(), err error) {
	if c == nil {
		return func() {}, nil
	}
	files, err := c(ctx, dir)
	if err != nil {
		return nil, err
	}
	before := make(map[string][]byte)
	undo = func() {
		for name, content := range before {
			// What cannot be restored stays a function in a copy.
			_ = os.WriteFile(name, content, 0o644)
		}
	}
	for i, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			undo()
			return nil, err
		}
		before[name] = content
		if err := os.WriteFile(name, fmt.Appendf(content[:len(content):len(content)], "\nfunc %s%d() {}\n", function, i), 0o644); err != nil {
			undo()
			return nil, err
		}
	}
	if err := goCommand(ctx, dir, nil, "list", "-export", "-deps", "./..."); err != nil {
		undo()
		return nil, err
	}
	return undo, nil
}

// A listed is a package of the module.
type listed struct {
	ImportPath, Dir string
	GoFiles, Deps   []string
}

func packagesOf(ctx context.Context, dir string) ([]listed, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-json=ImportPath,Dir,GoFiles,Deps", "./...")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var packages []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			return nil, err
		}
		if len(p.GoFiles) > 0 {
			packages = append(packages, p)
		}
	}
	return packages, nil
}

// mostImported returns a file of the package on which most others of the module
// depend.
func mostImported(ctx context.Context, dir string) ([]string, error) {
	packages, err := packagesOf(ctx, dir)
	if err != nil {
		return nil, err
	}
	dependents := make(map[string]int)
	for _, p := range packages {
		for _, path := range p.Deps {
			dependents[path]++
		}
	}
	var most listed
	for _, p := range packages {
		if most.Dir == "" || dependents[p.ImportPath] > dependents[most.ImportPath] {
			most = p
		}
	}
	return []string{filepath.Join(most.Dir, most.GoFiles[0])}, nil
}

// allFiles returns the Go files of all packages of the module.
func allFiles(ctx context.Context, dir string) ([]string, error) {
	packages, err := packagesOf(ctx, dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, p := range packages {
		for _, name := range p.GoFiles {
			files = append(files, filepath.Join(p.Dir, name))
		}
	}
	return files, nil
}
