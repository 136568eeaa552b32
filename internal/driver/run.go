package driver

import (
	"context"
	"go/token"
	"go/types"
	"runtime"
	"sort"
	"sync"

	"github.com/soplint/soplint/internal/finding"
)

// A run is the state that the packages of one call of Run share.
type run struct {
	Options
	plan     *plan
	paths    paths
	fset     *token.FileSet
	sizes    types.Sizes
	exports  exportReader
	registry *registry
	reported map[string]bool // packages about which loading had a problem

	mu      sync.Mutex
	outcome Outcome
	visits  []visit
}

func newRun(o Options, plan *plan, dir string) *run {
	fset := token.NewFileSet()
	return &run{Options: o, plan: plan, paths: paths{dir: dir}, fset: fset,
		exports: exportReader{fset: fset}, registry: newRegistry(), reported: make(map[string]bool)}
}

func (r *run) collect(problems ...finding.Problem) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcome.Problems = append(r.outcome.Problems, problems...)
}

// analyse takes nodes through their passes, each as soon as those that it
// depends on are finished. There are never more packages in memory with their
// syntax than workers.
func (r *run) analyse(ctx context.Context, nodes []*node) {
	if len(nodes) == 0 {
		return
	}
	s := &scheduler{run: r, total: len(nodes), ready: make(chan *node, len(nodes))}
	for _, n := range nodes {
		if n.waiting == 0 {
			s.ready <- n
		}
	}
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(nodes)) {
		workers.Go(func() {
			for n := range s.ready {
				if ctx.Err() == nil {
					r.process(n)
				}
				s.finish(n)
			}
		})
	}
	workers.Wait()
}

// A scheduler hands out packages in dependency order.
type scheduler struct {
	run   *run
	ready chan *node

	mu          sync.Mutex
	done, total int
}

// finish lets the dependents of n go on, and gives back what nobody needs.
func (s *scheduler) finish(n *node) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done++
	n.finished = true
	if n.holders == 0 {
		s.release(n)
	}
	for _, dependent := range n.dependents {
		dependent.waiting--
		if dependent.waiting == 0 {
			s.ready <- dependent
		}
	}
	n.dependents = nil
	if s.run.Progress != nil {
		s.run.Progress(s.done, s.total)
	}
	if s.done == s.total {
		close(s.ready)
	}
}

// release drops the types and facts of n, which is finished and has no
// dependent left that could ask for them, and then of its imports likewise.
func (s *scheduler) release(n *node) {
	s.run.registry.remove(n.types)
	n.types, n.facts = nil, nil
	for _, imported := range n.imports {
		if !imported.source {
			continue
		}
		imported.holders--
		if imported.holders == 0 && imported.finished {
			s.release(imported)
		}
	}
	n.imports = nil
}

// finishOutcome brings all that was collected into its final order.
func (r *run) finishOutcome() {
	r.outcome.Findings = settle(reached(r.outcome.Findings, r.visits))
	r.outcome.Problems = sortProblems(r.outcome.Problems)
	r.outcome.Open = sortProblems(r.outcome.Open)
	r.outcome.Comments = sortComments(r.outcome.Comments)
	sort.Strings(r.outcome.Stacks)
}
