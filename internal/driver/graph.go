package driver

import (
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// A node is a package of the program.
type node struct {
	*listed
	imports  map[string]*node // by the path that the source writes
	root     bool             // its findings are wanted
	web      bool             // it is, or reaches, a web package
	serves   bool             // a package of the program that reaches a web package imports it, directly or not
	source   bool             // its types come from its source, if it is needed
	wanted   bool             // it is to be analysed for its own sake
	needed   bool             // it is wanted, or a needed package from source imports it
	imported bool             // a needed package from source imports it

	types *types.Package
	holes bool // types of it, or of what it imports, are not known: they could not be checked
	facts map[*analysis.Analyzer]*factTable

	// What dependents can see: of its types (or for a package that is not
	// analysed, what those come from), and of all facts in reach.
	identity, below digest
	uncertain       bool   // the digests do not say all, so nothing that depends on it is kept
	entry           *entry // what the cache had about it

	// The on-demand facts are apart: what they are, and the packages whose ones
	// the passes on this one imported.
	demanded digest
	demands  []*node

	content digest // of the files that it is made from, its own and those of its imports

	load   sync.Once // for the types of what the cache had, where somebody looks at those
	decode sync.Once // for its facts, where they are not about objects
	stand  sync.Once // for name
	name   *types.Package

	// The scheduler's: how many packages from source must be finished before
	// this one, which wait for it, and how many of those still hold its facts.
	inRound    bool
	waiting    int
	dependents []*node
	holders    int
	finished   bool

	sources []*node // see sourcesBelow
}

// A graph says which packages are loaded, and how.
type graph struct {
	nodes   []*node // all packages, dependencies first
	sources []*node // to parse, type-check and analyse, dependencies first
	plain   []*node // packages to analyse that reach no web package: they only have to compile
	built   bool    // the go command was asked for export data
	stats   Stats
}

// newGraph decides for every package whether it is analysed, read from its
// export data, or not needed at all.
func newGraph(packages []*listed, o Options, built bool) *graph {
	nodes := newNodes(packages)
	g := &graph{nodes: nodes, built: built}
	g.stats.Listed = len(packages)
	for _, n := range nodes {
		n.findWeb(o, built)
	}
	for _, n := range slices.Backward(nodes) {
		n.serve(o)
	}
	for _, n := range nodes {
		n.classify(o, built)
	}
	// Dependents come last, so one walk backwards finds all that they need.
	for i := len(nodes) - 1; i >= 0; i-- {
		n := nodes[i]
		n.needed = n.needed || n.wanted
		if n.needed && n.source {
			for _, imported := range n.imports {
				imported.needed, imported.imported = true, true
			}
		}
	}
	for _, n := range nodes {
		g.place(n)
	}
	return g
}

func newNodes(packages []*listed) []*node {
	nodes := make([]*node, 0, len(packages))
	byID := make(map[string]*node, len(packages))
	for _, p := range packages {
		if p.isTestMain() {
			continue
		}
		n := &node{listed: p, imports: make(map[string]*node)}
		// An import that is not listed yet closes a cycle: it stays out, and
		// the type checker reports it.
		for _, id := range p.Imports {
			if imported := byID[id]; imported != nil {
				n.imports[imported.path()] = imported
			}
		}
		for path, id := range p.ImportMap {
			if imported := byID[id]; imported != nil {
				n.imports[path] = imported
			}
		}
		nodes = append(nodes, n)
		byID[p.ImportPath] = n
	}
	return nodes
}

// findWeb decides whether n is one of the packages that are asked for, and whether
// it is, or reaches, a web package; its imports know.
func (n *node) findWeb(o Options, built bool) {
	n.root = !n.DepOnly && n.hasFiles(built)
	n.web = o.WebPackage == nil || o.WebPackage(n.path())
	for _, imported := range n.imports {
		n.web = n.web || imported.web
	}
}

// serve tells the imports of n that they serve the web; its dependents have told n.
// What does need not know of the web to change what a request is to change, or to
// decode what one carries.
func (n *node) serve(o Options) {
	for _, imported := range n.imports {
		imported.serves = imported.serves || n.serves || n.isMain() && (n.web || o.NoPrefilter)
	}
}

// classify decides how n would be loaded; its imports have been classified.
// Where nothing was built, it takes it that everything can be.
func (n *node) classify(o Options, built bool) {
	// Export data that refers to packages with types of the driver's own would
	// bring in a second version of them; so would that of test variants. And
	// what the go command could not compile has none.
	failed := built && n.Export == ""
	n.source = failed || n.ForTest != ""
	for _, imported := range n.imports {
		n.source = n.source || imported.source
	}
	worthwhile := n.web || o.NoPrefilter
	switch {
	case n.ImportPath == "unsafe":
		n.source, n.types = false, types.Unsafe
	case !n.hasFiles(built):
		n.source = false // missing, or nothing in it: an import of it fails
	case n.isMain():
		n.source = n.source || worthwhile || n.serves
	}
	n.wanted = n.root && n.source && (worthwhile || failed)
	// Without building it nobody would know that it is read from its source.
	n.uncertain = failed && n.source && !(worthwhile && n.isMain())
}

// hasFiles reports whether there is anything to parse; before cgo has run it is
// taken to succeed.
func (n *node) hasFiles(built bool) bool {
	return len(n.parsedFiles()) > 0 || !built && len(n.CgoFiles) > 0
}

func (n *node) isMain() bool { return n.root || n.Module != nil && n.Module.Main }

// typesOrName returns the types of n, or for what the cache had and nobody has
// to look into, a package of that name without any.
func (r *run) typesOrName(n *node) *types.Package {
	if n.entry == nil || n.entry.objectFacts {
		return n.types
	}
	n.stand.Do(func() {
		n.name = types.NewPackage(n.path(), n.Name)
		r.registry.add(n.name, n)
	})
	return n.name
}

func (g *graph) place(n *node) {
	if n.root && !n.source {
		g.plain = append(g.plain, n)
	}
	switch {
	case n.root && !n.needed:
		g.stats.Skipped++
	case n.needed && n.source:
		g.sources = append(g.sources, n)
		for _, imported := range n.imports {
			if imported.source {
				imported.holders++
				imported.dependents = append(imported.dependents, n)
			}
		}
	}
}
