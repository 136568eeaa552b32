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

// A tool is a program that is measured, in one of the states that it can be in.
type tool struct {
	program string
	state   string                         // what it finds when it runs; "" for nothing of its own to reuse
	own     string                         // the package of this repository that it is built from; "" for none
	source  string                         // what go install takes; "" for what comes with Go or is of this repository
	command func(bin, run string) []string // run is a name that no other run has, unless the tool keeps results
	keeps   bool                           // run before the measured runs, so that its own cache is filled
	change  change                         // what is changed in the module before each run
	version string
	path    string // of its executable
}

// The states of a tool that keeps results.
const (
	unchanged    = "nothing changed"
	oneChanged   = "one file changed"
	dependencies = "dependencies warm"
)

// floor is the program that does only what has to be done before anything is looked at.
const floor = "floor"

// name tells tools apart.
func (t *tool) name() string {
	if t.state == "" {
		return t.program
	}
	return t.program + ", " + t.state
}

// all lists the tools. What go list takes is what any of them needs at least: the one
// that has export data built, a tool that looks into dependencies, the other, one that
// only reads its own results.
func all() []*tool {
	tools := []*tool{
		{program: "go list", command: goList("-deps")},
		{program: "go list -export", command: goList("-deps", "-export")},
		{program: floor, own: "./benchmarks/floor", command: func(bin, _ string) []string { return []string{bin} }},
		{program: "soplint", own: "./cmd/soplint", command: func(bin, _ string) []string { return []string{bin, "-q", "-o", os.DevNull, "-no-cache"} }},
		// A name that was never asked about keeps the go command from reusing
		// what go vet found before.
		{program: "go vet", command: vet},
		{program: "staticcheck", source: "honnef.co/go/tools/cmd/staticcheck@latest", command: staticcheck},
		{program: "gosec", source: "github.com/securego/gosec/v2/cmd/gosec@latest",
			command: func(bin, _ string) []string { return []string{bin, "-quiet", "-no-fail", "./..."} }},
		{program: "golangci-lint", source: "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@latest", command: golangciLint},
	}
	for _, state := range []string{unchanged, oneChanged, dependencies} {
		for _, t := range []tool{
			{program: "soplint", own: "./cmd/soplint", command: func(bin, _ string) []string { return []string{bin, "-q", "-o", os.DevNull} }},
			{program: "go vet", command: vet},
			{program: "staticcheck", source: "honnef.co/go/tools/cmd/staticcheck@latest", command: staticcheck},
			{program: "golangci-lint", source: "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@latest", command: golangciLint},
		} {
			t.state, t.keeps, t.change = state, true, changes[state]
			tools = append(tools, &t)
		}
	}
	return tools
}

// goList asks for no more than what tools need to know of packages.
func goList(flags ...string) func(_, _ string) []string {
	return func(_, _ string) []string {
		return append(append([]string{"go", "list"}, flags...), "-json=ImportPath,Name,Dir,Export,GoFiles,Imports,Module", "./...")
	}
}

func vet(_, run string) []string { return []string{"go", "vet", "-printf.funcs=" + run, "./..."} }

func staticcheck(bin, _ string) []string { return []string{bin, "./..."} }

func golangciLint(bin, _ string) []string { return []string{bin, "run", "--no-config", "./..."} }

// isPeer reports whether a tool is one that can be left out.
func (t *tool) isPeer() bool { return t.own == "" }

// install returns the tools of those names that could be installed into bin,
// and tells why others could not.
func install(ctx context.Context, bin, names string) (installed []*tool, missing []string, err error) {
	wanted := strings.Split(names, ",")
	failed := make(map[string]error)
	for _, t := range all() {
		if t.isPeer() && names != "all" && !slices.Contains(wanted, t.program) {
			continue
		}
		t.path = filepath.Join(bin, t.program)
		if t.own != "" && t.state == "" {
			if err := goCommand(ctx, "", nil, "build", "-o", t.path, t.own); err != nil {
				return nil, nil, err
			}
		}
		if t.source != "" {
			if t.state == "" {
				log.Printf("installing %s", t.source)
				failed[t.program] = goCommand(ctx, "", []string{"GOBIN=" + bin}, "install", t.source)
			}
			if err := failed[t.program]; err != nil {
				missing = append(missing, fmt.Sprintf("%s could not be installed", t.name()))
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
	if strings.HasPrefix(t.program, "go ") {
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
