// Package driver turns packages into findings.
//
// It is built for programs whose dependencies dwarf them: the go command says
// what belongs to the program and compiles export data, dependencies are read
// from that export data, and only the packages of the main modules are parsed
// and type-checked, each of them once. Of those, a package that cannot reach a
// web package through its imports is treated like a dependency (the
// prefilter). Packages go through in dependency order, several at a time; the
// facts of a package stay decoded in memory until its last dependent is
// finished, its syntax, type information and pass results are given back as
// soon as its own passes are.
//
// The driver names no check: it runs whatever analyzers it is given, through
// the standard interface of go/analysis, and collects the results of type
// [rule.Result].
package driver

import (
	"context"
	"fmt"
	"go/types"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/cache"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/surface"
)

// Options say what to analyse, and how.
type Options struct {
	Dir      string   // the working directory; empty: that of the process
	Patterns []string // package patterns as the go command takes them; empty: ./...
	Tags     string   // build tags, comma-separated
	Tests    bool     // analyse test files too
	Env      []string // environment of the go command; nil: that of the process

	// Overlay is the content of files that is to be analysed instead of what is
	// on disk, by absolute path: the buffers of an editor.
	Overlay map[string][]byte

	Checks []rule.Check // the checks to run
	// Survey, where it is not nil, runs beside them and makes a map of each
	// package, a *surface.Map, for the outcome.
	Survey *analysis.Analyzer

	// WebPackage reports whether the package with that path makes the packages
	// that import it, directly or not, worth analysing. Where it is nil every
	// package is analysed.
	WebPackage func(path string) bool
	// NoPrefilter parses and analyses the packages that reach no web package,
	// too. The findings must be the same: tests hold that.
	NoPrefilter bool

	// Cache keeps what was found in packages, for later runs; nil keeps nothing.
	Cache *cache.Store
	// Identity stands for all that the outcome depends on besides the packages,
	// the checks and their flags: the build of the program that calls.
	Identity string

	// KeepComment picks the comments of analysed files that the outcome lists.
	KeepComment func(text string) bool
	// Progress is told how many of the packages to analyse are finished. It is
	// called from one goroutine at a time.
	Progress func(done, total int)
}

// An Outcome is all that a run has to say, in an order that does not depend
// on the schedule.
type Outcome struct {
	Findings []finding.Finding
	Problems []finding.Problem // what could not be analysed
	Open     []finding.Problem // places of which passes do not know enough to report on them, sorted
	Surface  surface.Map       // what Options.Survey made of the packages
	Notices  []string          // what the user should know about how it was loaded
	Comments []Comment         // the comments that Options.KeepComment picked
	Stacks   []string          // stacks of passes that panicked, for reports of bugs
	Stats    Stats
}

// Stats count what a run did.
type Stats struct {
	Listed   int // packages that the go command named, dependencies included
	Exported int // packages whose types came from export data
	Analysed int // packages that were parsed, type-checked and analysed
	Cached   int // packages of which all was in the cache
	Skipped  int // packages that the prefilter left out
}

// Run analyses the packages that o names. What cannot be analysed is listed in
// the outcome; an error means that the run itself is impossible.
func Run(ctx context.Context, o Options) (*Outcome, error) {
	plan, err := newPlan(o.Checks, o.Survey)
	if err != nil {
		return nil, err
	}
	dir, err := workingDirectory(o.Dir)
	if err != nil {
		return nil, err
	}
	command := goCommand{dir: dir, env: o.Env, tags: o.Tags, tests: o.Tests}
	if len(o.Overlay) > 0 {
		overlay, err := writeOverlay(o.Overlay)
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(overlay)
		command.overlay = overlay
	}
	if o.Cache != nil {
		defer o.Cache.Trim()
		if outcome, err := runPlain(ctx, o, plan, command); outcome != nil || err != nil {
			return outcome, err
		}
	}
	program, err := load(ctx, command, o.Patterns)
	if err != nil {
		return nil, err
	}
	r := newRun(o, plan, command)
	r.begin(program)
	if o.Cache != nil {
		r.nameDeclarations(ctx)
	}
	r.analyse(ctx, r.graph.sources)
	return r.end(ctx)
}

// runPlain is Run where most is in the cache: it asks the go command for
// nothing that has to be built until it is known what is needed. It returns no
// outcome where that is not enough.
func runPlain(ctx context.Context, o Options, plan *plan, command goCommand) (*Outcome, error) {
	command.plain = true
	r := newRun(o, plan, command)
	if !r.readRequest() {
		return nil, nil
	}
	program, err := load(ctx, command, o.Patterns)
	if err != nil {
		return nil, err
	}
	if program.failure != nil || len(program.flags)+len(program.problems) > 0 {
		return nil, nil
	}
	r.begin(program)
	if !r.analyseRounds(ctx) && ctx.Err() == nil {
		return nil, nil
	}
	return r.end(ctx)
}

// sizesFor falls back to common sizes where there is no go command to ask.
func sizesFor(goarch string) types.Sizes {
	if sizes := types.SizesFor("gc", goarch); sizes != nil {
		return sizes
	}
	return types.SizesFor("gc", "amd64")
}

// workingDirectory returns the absolute form of dir, which must exist.
func workingDirectory(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(abs)
	if err != nil {
		return "", fmt.Errorf("cannot use %s as the working directory: %w", dir, err)
	}
	if !info.IsDir() {
		return "", fmt.Errorf("cannot use %s as the working directory: it is a file", dir)
	}
	return abs, nil
}

// A plan is the order in which the analyzers run on a package.
type plan struct {
	order []*analysis.Analyzer // what an analyzer requires comes before it
	// forFacts are the analyzers that dependents need: those with fact types,
	// and what they require. The others run only where findings are wanted.
	forFacts map[*analysis.Analyzer]bool
}

func newPlan(checks []rule.Check, survey *analysis.Analyzer) (*plan, error) {
	p := &plan{forFacts: make(map[*analysis.Analyzer]bool)}
	var tops []*analysis.Analyzer
	if survey != nil {
		tops = append(tops, survey)
	}
	for _, c := range checks {
		tops = append(tops, c.Analyzer)
	}
	if err := analysis.Validate(tops); err != nil {
		return nil, err
	}
	seen := make(map[*analysis.Analyzer]bool)
	for _, a := range tops {
		p.add(a, seen)
	}
	for _, a := range p.order {
		if len(a.FactTypes) > 0 {
			p.need(a)
		}
	}
	return p, nil
}

func (p *plan) add(a *analysis.Analyzer, seen map[*analysis.Analyzer]bool) {
	if seen[a] {
		return
	}
	seen[a] = true
	for _, required := range a.Requires {
		p.add(required, seen)
	}
	p.order = append(p.order, a)
}

func (p *plan) need(a *analysis.Analyzer) {
	if p.forFacts[a] {
		return
	}
	p.forFacts[a] = true
	for _, required := range a.Requires {
		p.need(required)
	}
}
