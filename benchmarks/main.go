//go:build linux

// Benchmarks runs soplint and the analyzers that Go projects commonly use side
// by side on modules of the module proxy, and writes what that took as a page
// with a plot:
//
//	go run ./benchmarks -runs 5
//
// With -growth it runs soplint on modules of growing size, and on hostile inputs, that
// it generates itself, and writes a page about those:
//
//	go run ./benchmarks -growth
//
// It is to be run in the root of this repository, on a machine that does
// nothing else. The build cache is warm in every run, as it is where people
// work; "cold" is a run whose tool has no results of its own to reuse.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

const defaultModules = "github.com/axllent/mailpit@v1.30.5,github.com/pocketbase/pocketbase@v0.30.0,code.gitea.io/gitea@v1.26.0"

func main() {
	log.SetFlags(0)
	modules := flag.String("modules", defaultModules, "comma-separated `list` of modules, as path@version")
	tools := flag.String("tools", "all", "comma-separated `list` of tools to run besides soplint, by name")
	runs := flag.Int("runs", 5, "how often each tool runs on each module")
	most := flag.Duration("most", 2*time.Hour, "`time` for one module, within which they run less often if they have to, but once")
	work := flag.String("work", "", "`directory` for tools and modules (default a temporary one)")
	page := flag.String("o", "", "`file` to write, the plot goes beside it (default docs/benchmarks.md, docs/growth.md with -growth)")
	growth := flag.Bool("growth", false, "measure on generated modules of growing size, and on hostile inputs")
	largest := flag.Int("packages", 2000, "`number` of packages of the largest generated module")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *runs < 1 || *largest < 8 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	err := inside(*work, func(work string) error {
		if *growth {
			return grow(ctx, *largest, *runs, work, cmp.Or(*page, filepath.Join("docs", "growth.md")))
		}
		return compare(ctx, strings.Split(*modules, ","), *tools, *runs, *most, work, cmp.Or(*page, filepath.Join("docs", "benchmarks.md")))
	})
	if err != nil {
		log.Fatal(err)
	}
}

// inside does something in a directory, a temporary one if none is named.
func inside(work string, do func(work string) error) error {
	if work == "" {
		dir, err := os.MkdirTemp("", "soplint-benchmarks")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		work = dir
	}
	work, err := filepath.Abs(work)
	if err != nil {
		return err
	}
	return do(work)
}

// compare measures the tools side by side on modules, and writes a page about them:
// after each module, as the next may take long.
func compare(ctx context.Context, modules []string, names string, runs int, most time.Duration, work, page string) error {
	installed, missing, err := install(ctx, filepath.Join(work, "bin"), names)
	if err != nil {
		return err
	}
	log.Printf("%d tools and states of them, up to %d times each, on %s", len(installed), runs, strings.Join(modules, ", "))
	r := &report{tools: installed, missing: missing}
	for _, module := range modules {
		start := time.Now()
		dir, err := fetch(ctx, module, filepath.Join(work, "modules"))
		if err != nil {
			return err
		}
		measured, rounds, err := measure(ctx, dir, filepath.Join(work, "caches"), installed, runs, most)
		if err != nil {
			return fmt.Errorf("%s: %w", module, err)
		}
		r.modules = append(r.modules, moduleFigures{module, rounds, measured})
		log.Printf("%s took %.0f minutes", module, time.Since(start).Minutes())
		if err := r.write(ctx, page); err != nil {
			return err
		}
	}
	return nil
}
