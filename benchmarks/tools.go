//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A tool is one that is measured.
type tool struct {
	name    string
	source  string                         // what go install takes; "" for what comes with Go or is built from this repository
	command func(bin, run string) []string // run is a name that no other run has
	keeps   bool                           // run before the measured runs, so that its own cache is filled
	version string
	path    string // of its executable
}

// all lists the tools. What go list takes is what any of them needs at least.
func all() []*tool {
	soplint := func(arguments ...string) func(bin, run string) []string {
		return func(bin, _ string) []string {
			return append([]string{bin, "-q", "-o", os.DevNull}, arguments...)
		}
	}
	return []*tool{
		{name: "go list", command: func(_, _ string) []string { return []string{"go", "list", "-export", "-deps", "-json", "./..."} }},
		{name: "soplint", command: soplint("-no-cache")},
		{name: "soplint, warm", keeps: true, command: soplint()},
		// A name that was never asked about keeps the go command from reusing
		// what go vet found before.
		{name: "go vet", command: func(_, run string) []string { return []string{"go", "vet", "-printf.funcs=" + run, "./..."} }},
		{name: "staticcheck", source: "honnef.co/go/tools/cmd/staticcheck@latest", command: plain},
		{name: "gosec", source: "github.com/securego/gosec/v2/cmd/gosec@latest",
			command: func(bin, _ string) []string { return []string{bin, "-quiet", "-no-fail", "./..."} }},
		{name: "golangci-lint", source: "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@latest",
			command: func(bin, _ string) []string { return []string{bin, "run", "--no-config", "./..."} }},
	}
}

func plain(bin, _ string) []string { return []string{bin, "./..."} }

// isPeer reports whether a tool is one that can be left out.
func (t *tool) isPeer() bool { return !strings.HasPrefix(t.name, "soplint") }

// install returns the tools of those names that could be installed into bin,
// and tells why others could not.
func install(ctx context.Context, bin, names string) (installed []*tool, missing []string, err error) {
	wanted := strings.Split(names, ",")
	soplint := filepath.Join(bin, "soplint")
	if err := goCommand(ctx, "", nil, "build", "-o", soplint, "./cmd/soplint"); err != nil {
		return nil, nil, err
	}
	for _, t := range all() {
		if t.isPeer() && names != "all" && !slices.Contains(wanted, t.name) {
			continue
		}
		t.path = soplint
		if t.source != "" {
			log.Printf("installing %s", t.source)
			program, _, _ := strings.Cut(filepath.Base(t.source), "@")
			t.path = filepath.Join(bin, program)
			if err := goCommand(ctx, "", []string{"GOBIN=" + bin}, "install", t.source); err != nil {
				missing = append(missing, fmt.Sprintf("%s could not be installed", t.name))
				log.Print(err)
				continue
			}
		}
		t.version = t.versionOf(ctx)
		installed = append(installed, t)
	}
	return installed, missing, ctx.Err()
}

// versionOf returns the version of the module that a tool was built from.
func (t *tool) versionOf(ctx context.Context) string {
	if strings.HasPrefix(t.name, "go ") {
		out, _ := exec.CommandContext(ctx, "go", "env", "GOVERSION").Output()
		return strings.TrimSpace(string(out))
	}
	out, _ := exec.CommandContext(ctx, "go", "version", "-m", t.path).Output()
	for line := range strings.Lines(string(out)) {
		if fields := strings.Fields(line); len(fields) > 2 && fields[0] == "mod" {
			return fields[2]
		}
	}
	return "unknown"
}

func goCommand(ctx context.Context, dir string, env []string, arguments ...string) error {
	cmd := exec.CommandContext(ctx, "go", arguments...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return errors.New(strings.TrimSpace(fmt.Sprintf("go %s: %v\n%s", strings.Join(arguments, " "), err, out)))
	}
	return nil
}
