package driver

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// A factTable holds the facts that one analyzer exported from one package. It
// is written by that pass and only read afterwards.
type factTable struct {
	objects  map[objectKey]int // index into list
	list     []analysis.ObjectFact
	packages []analysis.Fact
}

type objectKey struct {
	object types.Object
	fact   reflect.Type
}

func newFactTable() *factTable { return &factTable{objects: make(map[objectKey]int)} }

// A registry finds the package that an object belongs to.
type registry struct {
	mu    sync.RWMutex
	nodes map[*types.Package]*node
}

func newRegistry() *registry { return &registry{nodes: make(map[*types.Package]*node)} }

func (r *registry) add(pkg *types.Package, n *node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.nodes[pkg] = n
}

func (r *registry) remove(n *node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.nodes, n.types)
	delete(r.nodes, n.name)
}

// node returns the package from source with those types, nil if there is none.
func (r *registry) node(pkg *types.Package) *node {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.nodes[pkg]
}

// factAccess is the part of a pass's interface that deals with facts.
type factAccess struct {
	run      *run
	node     *node
	analyzer *analysis.Analyzer
	own      *factTable
}

func (a *factAccess) table(pkg *types.Package) *factTable {
	if pkg == a.node.types {
		return a.own
	}
	if n := a.run.registry.node(pkg); n != nil {
		return a.run.factsOf(n)[a.analyzer]
	}
	return nil
}

func (a *factAccess) importObjectFact(object types.Object, fact analysis.Fact) bool {
	if object == nil {
		panic("nil object")
	}
	table := a.table(object.Pkg())
	if table == nil {
		return false
	}
	i, ok := table.objects[objectKey{object, reflect.TypeOf(fact)}]
	if !ok {
		return false
	}
	assign(fact, table.list[i].Fact)
	return true
}

func (a *factAccess) exportObjectFact(object types.Object, fact analysis.Fact) {
	if object == nil || object.Pkg() != a.node.types {
		panic(fmt.Sprintf("%s exports a fact about %v, which is not of package %s", a.analyzer, object, a.node.path()))
	}
	a.own.add(object, fact)
}

func (t *factTable) add(object types.Object, fact analysis.Fact) {
	key := objectKey{object, reflect.TypeOf(fact)}
	entry := analysis.ObjectFact{Object: object, Fact: fact}
	if i, ok := t.objects[key]; ok {
		t.list[i] = entry
		return
	}
	t.objects[key] = len(t.list)
	t.list = append(t.list, entry)
}

func (a *factAccess) importPackageFact(pkg *types.Package, fact analysis.Fact) bool {
	if pkg == nil {
		panic("nil package")
	}
	table := a.table(pkg)
	if table == nil {
		return false
	}
	if isOnDemand(fact) && pkg != a.node.types {
		a.node.demand(a.run.registry.node(pkg))
	}
	for _, known := range table.packages {
		if reflect.TypeOf(known) == reflect.TypeOf(fact) {
			assign(fact, known)
			return true
		}
	}
	return false
}

// Facts about packages with this method are only imported by package, where
// they are needed. Results depend on them only there.
type onDemand interface {
	analysis.Fact
	OnDemand()
}

func isOnDemand(fact analysis.Fact) bool {
	_, ok := fact.(onDemand)
	return ok
}

// demand notes that a pass on n has imported an on-demand fact of another
// package.
func (n *node) demand(from *node) {
	if !slices.Contains(n.demands, from) {
		n.demands = append(n.demands, from)
	}
}

func (a *factAccess) exportPackageFact(fact analysis.Fact) {
	for i, known := range a.own.packages {
		if reflect.TypeOf(known) == reflect.TypeOf(fact) {
			a.own.packages[i] = fact
			return
		}
	}
	a.own.packages = append(a.own.packages, fact)
}

func (a *factAccess) allObjectFacts() []analysis.ObjectFact {
	var all []analysis.ObjectFact
	a.eachTable(func(_ *node, table *factTable) { all = append(all, table.list...) })
	return all
}

func (a *factAccess) allPackageFacts() []analysis.PackageFact {
	var all []analysis.PackageFact
	a.eachTable(func(n *node, table *factTable) {
		for _, fact := range table.packages {
			if isOnDemand(fact) {
				continue
			}
			all = append(all, analysis.PackageFact{Package: a.run.typesOrName(n), Fact: fact})
		}
	})
	return all
}

// eachTable visits the facts of the package and of all that it depends on:
// of others it must not know, or its result would depend on the schedule.
func (a *factAccess) eachTable(visit func(*node, *factTable)) {
	for _, n := range a.node.sourcesBelow() {
		if table := a.run.factsOf(n)[a.analyzer]; table != nil {
			visit(n, table)
		}
	}
	visit(a.node, a.own)
}

// sourcesBelow returns the packages from source that n imports, directly or not,
// dependencies first. It keeps them as long as the passes on n run, which each ask.
func (n *node) sourcesBelow() []*node {
	if n.sources != nil {
		return n.sources
	}
	n.sources = []*node{}
	seen := map[*node]bool{n: true}
	var walk func(*node)
	walk = func(from *node) {
		for _, imported := range from.imports {
			if !imported.source || seen[imported] {
				continue
			}
			seen[imported] = true
			walk(imported)
			n.sources = append(n.sources, imported)
		}
	}
	walk(n)
	return n.sources
}

func assign(to, from analysis.Fact) {
	reflect.ValueOf(to).Elem().Set(reflect.ValueOf(from).Elem())
}

// visible returns the table without the facts that no dependent can ask for,
// which keep the insides of finished packages in memory. It keeps what
// drivers that write facts to files keep: facts about objects with a path.
func (t *factTable) visible(pkg *types.Package) *factTable {
	out := newFactTable()
	var encoder objectpath.Encoder
	out.packages = t.packages
	for _, entry := range t.list {
		if _, err := encoder.For(entry.Object); err == nil && visibleOutside(entry.Object, pkg) {
			out.add(entry.Object, entry.Fact)
		}
	}
	return out
}

// visibleOutside reports whether a package that imports pkg can come across
// object. Functions have a narrow answer; methods, fields and parameters of
// unexported types can get out through exported ones.
func visibleOutside(object types.Object, pkg *types.Package) bool {
	switch object := object.(type) {
	case *types.Func:
		return object.Exported() && object.Pkg() == pkg || object.Signature().Recv() != nil
	case *types.Var:
		return object.IsField() || object.Pkg() == pkg
	}
	return true
}
