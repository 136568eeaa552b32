package driver

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/soplint/soplint/internal/rule"
)

// A run with a cache goes in rounds. First everything is looked up whose imports
// are known. The packages that are missing are analysed in the first round. If
// what others see of them is what it was, all that depends on them is found
// then; otherwise a second round goes through the rest.

// analyseRounds analyses what the cache does not have. It returns false where
// something does not compile, or cannot be told from what was asked of the go
// command: then nothing of this run counts.
func (r *run) analyseRounds(ctx context.Context) bool {
	if !r.compiles(ctx, r.graph.plain) || !r.nameDeclarations(ctx) {
		return false
	}
	for round := range 2 {
		missing := r.takeKnown()
		if round > 0 {
			missing = slices.DeleteFunc(slices.Clone(r.graph.sources), func(n *node) bool { return n.finished })
		}
		if len(missing) == 0 {
			break
		}
		needed := r.enter(missing)
		if !r.build(ctx, needed, r.graph.sources) {
			return false
		}
		r.analyse(ctx, missing)
	}
	return true
}

// takeKnown looks up packages, dependencies first, and returns those that could
// be looked up and are missing.
func (r *run) takeKnown() (missing []*node) {
	for _, n := range r.graph.sources {
		switch {
		case n.finished || n.unfinishedImports() > 0:
		case r.lookUp(n):
			n.finished = true
			if n.holders == 0 {
				r.release(n)
			}
		default:
			missing = append(missing, n)
		}
	}
	return missing
}

func (n *node) unfinishedImports() int {
	count := 0
	for _, imported := range n.imports {
		if imported.source && !imported.finished {
			count++
		}
	}
	return count
}

// enter prepares nodes to be scheduled, and returns the packages whose export
// data that takes, dependencies first.
//
// Packages that the cache had have their types from source as well, without the
// bodies of functions: their export data lacks types, and imports, that no
// exported name mentions, and passes look at those.
func (r *run) enter(nodes []*node) (needed []*node) {
	for _, n := range nodes {
		n.inRound = true
		n.waiting = n.unfinishedImports()
	}
	seen := make(map[*node]bool)
	for _, n := range nodes {
		n.require(seen)
	}
	for _, n := range r.graph.nodes {
		if seen[n] && n.imported && !n.source && n.types == nil {
			needed = append(needed, n)
		}
	}
	return needed
}

// require gathers the packages that n depends on.
func (n *node) require(seen map[*node]bool) {
	for _, imported := range n.imports {
		if !seen[imported] {
			seen[imported] = true
			imported.require(seen)
		}
	}
}

// build has the go command build what is needed: export data, and for the
// packages that are to be analysed what cgo makes of them.
func (r *run) build(ctx context.Context, needed, sources []*node) bool {
	byPath := make(map[string]*node)
	for _, n := range needed {
		if n.Export == "" && n.hasFiles(false) {
			byPath[n.ImportPath] = n
		}
	}
	for _, n := range sources {
		if len(n.CgoFiles) > 0 && len(n.CompiledGoFiles) == 0 {
			if n.ForTest != "" {
				return false // it cannot be asked for by a path
			}
			byPath[n.ImportPath] = n
		}
	}
	if len(byPath) == 0 {
		return true
	}
	packages, err := r.command.build(ctx, slices.Sorted(maps.Keys(byPath)))
	if err != nil {
		return false
	}
	for _, p := range packages {
		if n := byPath[p.ImportPath]; n != nil && p.Export != "" && p.Error == nil {
			n.Export, n.CompiledGoFiles = p.Export, p.CompiledGoFiles
			delete(byPath, p.ImportPath)
		}
	}
	return len(byPath) == 0
}

// compiles reports whether the packages can be built; those are not asked about
// that were.
func (r *run) compiles(ctx context.Context, nodes []*node) bool {
	unknown := slices.DeleteFunc(slices.Clone(nodes), func(n *node) bool { return r.built[n.content] })
	return r.build(ctx, unknown, nil)
}

// nameDeclarations gives the packages of the main module that are not analysed
// themselves, but imported by some that are, the digests of their declarations
// for identities: only a change of those matters to others. It returns false
// where they cannot be built.
func (r *run) nameDeclarations(ctx context.Context) bool {
	var unknown []*node
	for _, n := range r.graph.nodes {
		if n.imported && !n.source && n.isMain() && !n.Standard {
			if data, ok := r.Cache.Get(n.declarationsKey()); ok && len(data) == len(digest{}) {
				n.identity = digest(data)
			} else {
				unknown = append(unknown, n)
			}
		}
	}
	if !r.graph.built && !r.build(ctx, unknown, nil) {
		return false
	}
	r.exports.read(unknown)
	for _, n := range unknown {
		if n.types != nil {
			n.identity = r.apiDigest(n)
			_ = r.Cache.Put(n.declarationsKey(), n.identity[:])
		}
	}
	for _, n := range r.graph.nodes {
		if !n.source && !n.Standard { // the base stands for the distribution of Go
			n.reach(digest{})
		}
	}
	return true
}

func (n *node) declarationsKey() digest {
	h := newHasher("declarations of")
	h.digest(n.content)
	return h.sum()
}

// requestKey is under what the cache keeps that there was a run like this one,
// so that it is worth looking there first, and what was built for it.
func (r *run) requestKey() digest {
	h := newHasher("request")
	h.text(r.Identity, r.paths.dir, r.Tags, fmt.Sprint(r.Tests))
	h.list(r.Patterns)
	return h.sum()
}

// readRequest reports whether there was a run like this one.
func (r *run) readRequest() bool {
	data, ok := r.Cache.Get(r.requestKey())
	for ; len(data) >= len(digest{}); data = data[len(digest{}):] {
		r.built[digest(data)] = true
	}
	return ok
}

// noteRequest keeps that there was this run. Of the packages of the main module
// it lists those that the go command has built as they are now: it has their
// export data at hand.
func (r *run) noteRequest() {
	var data []byte
	changed := !r.command.plain
	for _, n := range r.graph.nodes {
		if !n.isMain() || n.Export == "" && !r.built[n.content] {
			continue
		}
		data = append(data, n.content[:]...)
		changed = changed || !r.built[n.content]
	}
	if changed {
		_ = r.Cache.Put(r.requestKey(), data)
	}
}

// identifyAll computes the digests that keys are made of.
func (r *run) identifyAll() {
	r.base = r.baseDigest()
	r.files.prepare(r.graph.sources)
	for _, n := range r.graph.nodes {
		r.byID[n.ImportPath] = n
		if n.Standard && !n.source {
			continue // the base stands for the distribution of Go
		}
		n.content = r.contentOf(n)
		if !n.source {
			n.identity = n.content
		}
	}
}

// lookUp takes what the cache has about n, and reports whether it has it.
func (r *run) lookUp(n *node) bool {
	if r.Cache == nil || n.entry != nil || n.dependsOnUncertain() {
		return false
	}
	data, ok := r.Cache.Get(r.key(n))
	if !ok {
		return false
	}
	e, err := decodeEntry(data)
	if err != nil || !r.demandsHold(e) || !e.dependenciesHold(&r.seen) {
		return false
	}
	n.entry = e
	n.publish(e)
	r.mu.Lock()
	r.outcome.Stats.Cached++
	r.mu.Unlock()
	r.add(e.found)
	return true
}

// demandsHold reports whether the on-demand facts that an entry depends on are
// what they were.
func (r *run) demandsHold(e *entry) bool {
	for _, d := range e.demands {
		if from := r.byID[d.Package]; from == nil || from.demanded != d.Facts {
			return false
		}
	}
	return true
}

// dependenciesHold reports whether what else an entry depends on is what it was.
func (e *entry) dependenciesHold(seen *sync.Map) bool {
	return !slices.ContainsFunc(e.depends, func(d rule.Dependency) bool { return !d.Holds(seen) })
}

// dependsOnUncertain spreads uncertainty, and reports whether there is any.
func (n *node) dependsOnUncertain() bool {
	for _, imported := range n.imports {
		n.uncertain = n.uncertain || imported.uncertain
	}
	return n.uncertain
}

// keep puts what was found in a package into the cache, if all went well, and
// tells what others see of it.
func (r *run) keep(c *checked) {
	n := c.node
	if r.Cache == nil {
		return
	}
	if n.uncertain || len(c.problems) > 0 || c.changedMeanwhile(&r.files) {
		n.uncertain = true
		return
	}
	e := &entry{found: c.found, depends: c.depends}
	if err := e.encodeFacts(r.plan, n); err != nil {
		n.uncertain = true
		return
	}
	for _, from := range n.demands {
		e.demands = append(e.demands, demand{from.ImportPath, from.demanded})
	}
	key := r.key(n)
	e.api = r.apiDigest(n)
	n.publish(e)
	if data, err := e.encode(); err == nil {
		_ = r.Cache.Put(key, data)
	}
}

// changedMeanwhile reports whether a file is not what it was when its digest
// was taken.
func (c *checked) changedMeanwhile(files *fileDigests) bool {
	for name, data := range c.contents {
		if !files.agree(name, data) {
			return true
		}
	}
	return false
}
