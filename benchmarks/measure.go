//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// A figure is what one run took.
type figure struct {
	cpu, wall time.Duration
	memory    int64 // bytes, of the process of the run that used the most
}

// fetch makes a copy of a module that tools can work in, and builds what they
// need of it. It returns the directory.
func fetch(ctx context.Context, module, under string) (string, error) {
	log.Printf("fetching %s", module)
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", module)
	cmd.Dir = os.TempDir() // this repository's requirements are not to be asked
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("fetching %s: %w", module, err)
	}
	var downloaded struct{ Dir string }
	if err := json.Unmarshal(out, &downloaded); err != nil {
		return "", err
	}
	dir := filepath.Join(under, strings.NewReplacer("/", "_", "@", "_").Replace(module))
	if err := os.CopyFS(dir, os.DirFS(downloaded.Dir)); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	return dir, goCommand(ctx, dir, nil, "list", "-export", "-deps", "./...")
}

// measure runs the tools in turn, so that what else the machine does falls on
// all of them. It returns the figures by the name of the tool.
func measure(ctx context.Context, dir, caches string, tools []*tool, runs int) (map[string][]figure, error) {
	stamp := fmt.Sprint(time.Now().UnixNano()) // the build cache may know of other runs of this program
	filled := make(map[string]bool)
	for _, t := range tools {
		if t.keeps && !filled[t.program] {
			filled[t.program] = true
			log.Printf("filling the cache of %s", t.program)
			if _, err := t.run(ctx, dir, filepath.Join(caches, "kept"), "kept"+stamp); err != nil {
				return nil, err
			}
		}
	}
	figures := make(map[string][]figure)
	for i := range runs {
		for _, t := range tools {
			f, err := t.measureOnce(ctx, dir, caches, stamp, i)
			switch {
			case err == nil:
				log.Printf("run %d of %d: %s: %.2f s of CPU time", i+1, runs, t.name(), f.cpu.Seconds())
				figures[t.name()] = append(figures[t.name()], f)
			case ctx.Err() != nil || !t.isPeer():
				return nil, err
			default: // the page says so
				log.Print(err)
			}
		}
	}
	return figures, nil
}

func (t *tool) measureOnce(ctx context.Context, dir, caches, stamp string, round int) (figure, error) {
	if t.keeps {
		undo, err := t.change.apply(ctx, dir, fmt.Sprintf("added%s_%d_", stamp, round))
		if err != nil {
			return figure{}, err
		}
		defer undo()
		if t.change == nil { // undoing the changes before this run was one
			if _, err := t.run(ctx, dir, filepath.Join(caches, "kept"), "kept"+stamp); err != nil {
				return figure{}, err
			}
		}
		return t.run(ctx, dir, filepath.Join(caches, "kept"), "kept"+stamp)
	}
	if err := os.MkdirAll(caches, 0o700); err != nil {
		return figure{}, err
	}
	cache, err := os.MkdirTemp(caches, "cold")
	if err != nil {
		return figure{}, err
	}
	defer os.RemoveAll(cache)
	return t.run(ctx, dir, cache, fmt.Sprintf("run%s%d", stamp, round))
}

// run runs a tool with its own cache at a place. Only tools that could not work
// at all fail: the others exit with 1 because of what they found.
func (t *tool) run(ctx context.Context, dir, cache, run string) (figure, error) {
	arguments := t.command(t.path, run)
	cmd := exec.CommandContext(ctx, arguments[0], arguments[1:]...)
	cmd.Dir = dir
	buildCache, err := exec.CommandContext(ctx, "go", "env", "GOCACHE").Output()
	if err != nil {
		return figure{}, err
	}
	cmd.Env = append(os.Environ(), "GOCACHE="+strings.TrimSpace(string(buildCache)), "SOPLINT_CACHE="+filepath.Join(cache, "soplint"),
		"STATICCHECK_CACHE="+filepath.Join(cache, "staticcheck"), "GOLANGCI_LINT_CACHE="+filepath.Join(cache, "golangci-lint"))
	start := time.Now()
	err = cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return figure{}, fmt.Errorf("%s: %w", t.name(), err)
	}
	state := cmd.ProcessState
	usage := state.SysUsage().(*syscall.Rusage)
	return figure{cpu: state.UserTime() + state.SystemTime(), wall: wall, memory: usage.Maxrss << 10}, nil
}
