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
// all of them: so many times, or fewer where another round would take longer than is
// given. It returns the figures by the name of the tool, and the number of rounds.
func measure(ctx context.Context, dir, caches string, tools []*tool, runs int, most time.Duration) (figures map[string][]figure, rounds int, err error) {
	start := time.Now()
	stamp := fmt.Sprint(time.Now().UnixNano()) // the build cache may know of other runs of this program
	filled := make(map[string]bool)
	for _, t := range tools {
		if t.keeps && !filled[t.program] {
			filled[t.program] = true
			log.Printf("filling the cache of %s", t.program)
			if _, err := t.run(ctx, dir, filepath.Join(caches, "kept"), "kept"+stamp); err != nil {
				return nil, 0, err
			}
		}
	}
	figures = make(map[string][]figure)
	for i := range runs {
		if i > 0 && time.Since(start)*time.Duration(i+1)/time.Duration(i) > most {
			return figures, i, nil
		}
		for _, group := range byState(tools) {
			undo, err := group[0].change.apply(ctx, dir, fmt.Sprintf("added%s_%d_", stamp, i))
			if err != nil {
				return nil, 0, err
			}
			err = measureRound(ctx, dir, caches, stamp, i, group, figures)
			undo()
			if err != nil {
				return nil, 0, err
			}
		}
	}
	return figures, runs, nil
}

// byState parts tools, which are in order, where the state changes in which they run.
func byState(tools []*tool) [][]*tool {
	var groups [][]*tool
	for i, t := range tools {
		if i == 0 || t.state != tools[i-1].state {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], t)
	}
	return groups
}

// measureRound runs each of some tools once, and adds to the figures what that took.
func measureRound(ctx context.Context, dir, caches, stamp string, round int, tools []*tool, figures map[string][]figure) error {
	for _, t := range tools {
		f, err := t.measureOnce(ctx, dir, caches, stamp, round)
		switch {
		case err == nil:
			log.Printf("run %d: %s: %.2f s of CPU time", round+1, t.name(), f.cpu.Seconds())
			figures[t.name()] = append(figures[t.name()], f)
		case ctx.Err() != nil || !t.isPeer():
			return err
		default: // the page says so
			log.Print(err)
		}
	}
	return nil
}

func (t *tool) measureOnce(ctx context.Context, dir, caches, stamp string, round int) (figure, error) {
	if t.keeps {
		kept := filepath.Join(caches, "kept")
		if t.change == nil { // undoing the changes before this run was one
			if _, err := t.run(ctx, dir, kept, "kept"+stamp); err != nil {
				return figure{}, err
			}
		}
		return t.run(ctx, dir, kept, "kept"+stamp)
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
