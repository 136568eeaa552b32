package driver

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// A node is a package of the program.
type node struct {
	*listed
	imports map[string]*node // by the path that the source writes
	root    bool             // its findings are wanted
	web     bool             // it is, or reaches, a web package
	source  bool             // its types come from its source, if it is needed
	wanted  bool             // it is to be analysed for its own sake
	needed  bool             // it is wanted, or a needed package from source imports it

	types *types.Package
	facts map[*analysis.Analyzer]*factTable

	// The scheduler's: how many packages from source must be finished before
	// this one, which wait for it, and how many of those still hold its facts.
	waiting    int
	dependents []*node
	holders    int
	finished   bool
}

// A graph says which packages are loaded, and how.
type graph struct {
	sources []*node // to parse, type-check and analyse, dependencies first
	exports []*node // to read from export data, dependencies first
	stats   Stats
}

// newGraph decides for every package whether it is parsed, read from its
// export data, or not needed at all.
func newGraph(packages []*listed, o Options) *graph {
	g := new(graph)
	g.stats.Listed = len(packages)
	nodes := newNodes(packages)
	for _, n := range nodes {
		n.classify(o)
	}
	// Dependents come last, so one walk backwards finds all that they need.
	for i := len(nodes) - 1; i >= 0; i-- {
		n := nodes[i]
		n.needed = n.needed || n.wanted
		if n.needed && n.source {
			for _, imported := range n.imports {
				imported.needed = true
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

// classify decides how n would be loaded; its imports have been classified.
func (n *node) classify(o Options) {
	n.root = !n.DepOnly && len(n.parsedFiles()) > 0
	n.web = o.WebPackage == nil || o.WebPackage(n.path())
	// Export data that refers to packages with types of the driver's own would
	// bring in a second version of them; so would that of test variants. And
	// what the go command could not compile has none.
	n.source = n.Export == "" || n.ForTest != ""
	for _, imported := range n.imports {
		n.web = n.web || imported.web
		n.source = n.source || imported.source
	}
	worthwhile := n.web || o.NoPrefilter
	switch {
	case n.ImportPath == "unsafe":
		n.source, n.types = false, types.Unsafe
	case len(n.parsedFiles()) == 0:
		n.source = false // missing, or nothing in it: an import of it fails
	case n.root, n.Module != nil && n.Module.Main:
		n.source = n.source || worthwhile
	}
	n.wanted = n.root && n.source && (worthwhile || n.Export == "")
}

func (g *graph) place(n *node) {
	switch {
	case n.root && !n.needed:
		g.stats.Skipped++
	case n.needed && n.source:
		g.stats.Analysed++
	}
	switch {
	case !n.needed:
	case n.source:
		g.sources = append(g.sources, n)
		for _, imported := range n.imports {
			if imported.source {
				n.waiting++
				imported.holders++
				imported.dependents = append(imported.dependents, n)
			}
		}
	case n.Export != "":
		g.exports = append(g.exports, n)
	}
}
