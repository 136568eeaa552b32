package driver

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/mutant"
	"github.com/soplint/soplint/internal/rule"
)

// A session holds fixtures and what they import, so that changed copies of one
// package can be analysed again and again.
type session struct {
	run   *run
	nodes map[string]*node // the fixtures, by their path
}

// newSession loads the fixtures of these folders, and runs these checks.
func newSession(t testing.TB, checks []rule.Check, folders ...string) *session {
	t.Helper()
	plan, err := newPlan(checks, nil)
	if err != nil {
		t.Fatal(err)
	}
	patterns := make([]string, len(folders))
	for i, folder := range folders {
		patterns[i] = "fixtures/" + folder
	}
	dir := filepath.Join(fixture.Root(), "src")
	s := &session{nodes: map[string]*node{}}
	env := append(os.Environ(), "GO111MODULE=off", "GOPATH="+fixture.Root(), "GOFLAGS=", "GOPROXY=off", "GOENV=off")
	command := goCommand{dir: dir, env: env}
	s.run = newRun(Options{Patterns: patterns, WebPackage: func(path string) bool { return model.Builtin().Find("web", path) != nil }}, plan, command)
	program, err := load(context.Background(), command, patterns)
	if err != nil {
		t.Fatal(err)
	}
	s.run.begin(program)
	s.run.exports.read(s.run.enter(s.run.graph.sources))
	for _, n := range s.run.graph.sources {
		s.run.process(n)
		if n.root {
			s.nodes[n.path()] = n
		}
	}
	if len(s.run.outcome.Problems) > 0 {
		t.Fatal(s.run.outcome.Problems)
	}
	return s
}

// findings analyses a fixture with other content of its files.
func (s *session) findings(path string, content map[string][]byte) ([]finding.Finding, []finding.Problem) {
	n := s.nodes[path]
	was, facts := n.types, n.facts
	s.run.outcome, s.run.visits = Outcome{}, nil
	s.run.Overlay = maps.Clone(content)
	s.run.process(n)
	s.run.registry.remove(n)
	n.types, n.facts = was, facts
	s.run.finishOutcome()
	return s.run.outcome.Findings, s.run.outcome.Problems
}

// parsed is a fixture to make mutants of.
func (s *session) parsed(t testing.TB, path string) *mutant.Package {
	t.Helper()
	s.run.Overlay = nil
	n := s.nodes[path]
	was := n.types
	c := &checked{node: n, contents: map[string][]byte{}, sizes: s.run.sizes, wanted: true}
	problem := s.run.check(c)
	n.types = was
	if problem != nil {
		t.Fatal(problem)
	}
	return &mutant.Package{Fset: s.run.fset, Files: c.files, Info: c.info, Text: c.contents}
}

// said is what was found in a package, a line for each finding: the rule, how bad
// it is, and the function or variable that it is in. For one that stands in another
// package it is a line for each place here that it points to.
func (s *session) said(text map[string][]byte, findings []finding.Finding) []string {
	p := &mutant.Package{Fset: token.NewFileSet(), Text: text}
	for name, content := range text {
		file, err := parser.ParseFile(p.Fset, name, content, parser.SkipObjectResolution)
		if err == nil {
			p.Files = append(p.Files, file)
		}
	}
	var lines []string
	for _, f := range findings {
		enclosing := func(file string, line int) string { return p.Enclosing(filepath.Join(s.run.paths.dir, file), line) }
		places := []string{enclosing(f.File, f.Line)}
		if places[0] == "" {
			for _, related := range f.Related {
				places = append(places, enclosing(related.File, related.Line))
			}
			places = slices.DeleteFunc(places, func(name string) bool { return name == "" })
		}
		for _, in := range places {
			lines = append(lines, fmt.Sprintf("%s %s in %s", f.Severity, f.ID(), mutant.Original(in)))
		}
	}
	slices.Sort(lines)
	return lines
}

// involved are the functions and variables in which findings stand, or something
// that they point to.
func (s *session) involved(p *mutant.Package, findings []finding.Finding) map[string]bool {
	names := map[string]bool{}
	for _, f := range findings {
		places := append([]finding.Related{{File: f.File, Line: f.Line}}, f.Related...)
		for _, place := range places {
			names[p.Enclosing(filepath.Join(s.run.paths.dir, place.File), place.Line)] = true
		}
	}
	return names
}
