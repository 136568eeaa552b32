package driver

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// A run with a cache goes in rounds. First everything is looked up whose imports
// are known. The packages that are missing are analysed in the first round. If
// what others see of them is what it was, all that depends on them is found
// then; otherwise a second round goes through the rest.

// analyseRounds analyses what the cache does not have. It returns false where
// something does not compile, or cannot be told from what was asked of the go
// command: then nothing of this run counts.
func (r *run) analyseRounds(ctx context.Context) bool {
	if !r.compiles(ctx, r.graph.plain) {
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
		if !r.build(ctx, needed, missing) {
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
// Of packages that depend on one that was, or will be, type-checked the export
// data is of no use: they must have their types from source as well.
func (r *run) enter(nodes []*node) (needed []*node) {
	for _, n := range nodes {
		n.inRound = true
		n.waiting = n.unfinishedImports()
	}
	for _, n := range r.graph.sources {
		n.fromSource = n.inRound || n.ForTest != ""
		for _, imported := range n.imports {
			n.fromSource = n.fromSource || imported.fromSource
		}
	}
	seen, visited := make(map[*node]bool), make(map[*node]bool)
	for _, n := range nodes {
		n.require(seen)
		n.requireFacts(seen, visited)
	}
	for _, n := range r.graph.nodes {
		if seen[n] && !n.fromSource && n.types == nil {
			needed = append(needed, n)
		}
	}
	return needed
}

// require gathers the packages whose types it takes to type-check n.
func (n *node) require(seen map[*node]bool) {
	for _, imported := range n.imports {
		if seen[imported] {
			continue
		}
		seen[imported] = true
		if imported.fromSource {
			imported.require(seen)
		}
	}
}

// requireFacts adds the packages of whose objects facts in reach of n speak.
func (n *node) requireFacts(seen, visited map[*node]bool) {
	for _, imported := range n.imports {
		if !imported.source || visited[imported] {
			continue
		}
		visited[imported] = true
		if imported.entry != nil && imported.entry.objectFacts {
			seen[imported] = true
			if imported.fromSource {
				imported.require(seen)
			}
		}
		imported.requireFacts(seen, visited)
	}
}

// build has the go command build what is needed: export data, and for the
// packages that are to be analysed what cgo makes of them.
func (r *run) build(ctx context.Context, needed, missing []*node) bool {
	byPath := make(map[string]*node)
	for _, n := range needed {
		if n.Export == "" && n.hasFiles(false) {
			byPath[n.ImportPath] = n
		}
	}
	for _, n := range missing {
		if len(n.CgoFiles) > 0 {
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

// compiles reports whether the packages can be built, which the cache knows of
// those that were.
func (r *run) compiles(ctx context.Context, nodes []*node) bool {
	unknown := slices.DeleteFunc(slices.Clone(nodes), func(n *node) bool {
		_, known := r.Cache.Get(n.compiledKey())
		return known
	})
	if !r.build(ctx, unknown, nil) {
		return false
	}
	r.noteCompiled(unknown)
	return true
}

// compiledKey is under what the cache keeps that a package can be built.
func (n *node) compiledKey() digest {
	h := newHasher("compiles")
	h.digest(n.identity)
	h.text(n.ImportPath) // those of the distribution have no identity
	return h.sum()
}

func (r *run) noteCompiled(nodes []*node) {
	for _, n := range nodes {
		if n.Export != "" {
			_ = r.Cache.Put(n.compiledKey(), nil)
		}
	}
}

// requestKey is under what the cache keeps that there was a run like this one,
// so that it is worth looking there first.
func (r *run) requestKey() digest {
	h := newHasher("request")
	h.text(r.Identity, r.paths.dir, r.Tags, fmt.Sprint(r.Tests))
	h.list(r.Patterns)
	return h.sum()
}

func (r *run) noteRequest() {
	key := r.requestKey()
	if _, ok := r.Cache.Get(key); !ok {
		_ = r.Cache.Put(key, nil)
	}
	if !r.command.plain {
		for _, n := range r.graph.plain {
			if _, ok := r.Cache.Get(n.compiledKey()); !ok {
				r.noteCompiled([]*node{n})
			}
		}
	}
}

// identifyAll computes the digests that keys are made of.
func (r *run) identifyAll() {
	r.base = r.baseDigest()
	r.files.prepare(r.graph.sources)
	r.identify(r.graph.nodes)
	for _, n := range r.graph.nodes {
		if !n.source {
			r.identities[n.path()] = n.identity
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
	if err != nil {
		return false
	}
	n.entry = e
	n.identity = e.api
	n.publish(e.factsDigest())
	r.mu.Lock()
	r.outcome.Stats.Cached++
	r.mu.Unlock()
	r.add(e.found)
	return true
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
	if r.Cache == nil || n.uncertain || len(c.problems) > 0 || c.changedMeanwhile(&r.files) {
		n.uncertain = true
		return
	}
	e := &entry{found: c.found}
	var err error
	if e.facts, e.objectFacts, err = r.plan.encodeFacts(n); err != nil {
		n.uncertain = true
		return
	}
	key := r.key(n)
	e.api = r.apiDigest(n)
	n.identity = e.api
	n.publish(e.factsDigest())
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
