package driver

import (
	"context"
	"go/token"
	"go/types"
	"runtime"
	"sort"
	"sync"
)

// A run is the state that the packages of one call of Run share.
type run struct {
	Options
	plan     *plan
	command  goCommand
	paths    paths
	env      goEnv
	graph    *graph
	fset     *token.FileSet
	sizes    types.Sizes
	exports  exportReader
	registry *registry
	reported map[string]bool // packages about which loading had a problem

	base  digest
	files fileDigests
	byID  map[string]*node // by ImportPath
	built map[digest]bool  // contents of packages that the go command has built before
	seen  sync.Map         // what dependencies of entries have read

	mu      sync.Mutex
	outcome Outcome
	visits  []visit
}

func newRun(o Options, plan *plan, command goCommand) *run {
	fset := token.NewFileSet()
	r := &run{Options: o, plan: plan, command: command, paths: paths{dir: command.dir}, fset: fset,
		exports:  exportReader{fset: fset, packages: make(map[string]*types.Package)},
		registry: newRegistry(), reported: make(map[string]bool),
		built: make(map[digest]bool), byID: make(map[string]*node)}
	r.files = fileDigests{read: r.readSource, known: make(map[string]digest)}
	return r
}

// begin takes what the go command said.
func (r *run) begin(p *program) {
	r.env = p.env
	r.sizes = sizesFor(p.env.GOARCH)
	r.outcome.Notices = p.notices
	for _, problem := range loadProblems(p, r.Patterns, r.paths) {
		r.outcome.Problems = append(r.outcome.Problems, problem)
		r.reported[problem.Package] = true
	}
	r.graph = newGraph(p.packages, r.Options, !r.command.plain)
	r.outcome.Stats = r.graph.stats
	if r.Cache != nil {
		r.identifyAll()
	}
}

// end returns the outcome, unless the run was cancelled.
func (r *run) end(ctx context.Context) (*Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if r.Cache != nil {
		r.noteRequest()
	}
	r.outcome.Stats.Exported = r.exports.count
	r.finishOutcome()
	return &r.outcome, nil
}

// analyse takes nodes through their passes, each as soon as those that it
// depends on are finished. There are never more packages in memory with their
// syntax than workers.
func (r *run) analyse(ctx context.Context, nodes []*node) {
	if len(nodes) == 0 {
		return
	}
	needed := r.enter(nodes)
	r.exports.read(needed)
	if r.graph.built {
		r.exports.packages = nil // there is no other round
	}
	r.schedule(ctx, nodes)
}

func (r *run) schedule(ctx context.Context, nodes []*node) {
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
		s.run.release(n)
	}
	for _, dependent := range n.dependents {
		dependent.waiting--
		if dependent.inRound && dependent.waiting == 0 {
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
func (r *run) release(n *node) {
	r.registry.remove(n)
	n.types, n.name, n.facts = nil, nil, nil
	for _, imported := range n.imports {
		if !imported.source {
			continue
		}
		imported.holders--
		if imported.holders == 0 && imported.finished {
			r.release(imported)
		}
	}
	n.imports = nil
}

// finishOutcome brings all that was collected into its final order.
func (r *run) finishOutcome() {
	found := reached(r.outcome.Findings, r.visits)
	r.place(found)
	r.outcome.Findings = settle(found)
	r.outcome.Problems = sortProblems(r.outcome.Problems)
	r.outcome.Open = sortProblems(r.outcome.Open)
	r.outcome.Surface.Sort()
	r.outcome.Comments = sortComments(r.outcome.Comments)
	sort.Strings(r.outcome.Stacks)
}
