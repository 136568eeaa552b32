package effect

import (
	"go/types"
	"runtime"
	"sync"
	"weak"
)

// typesOf returns the types of the program, as far as this package and those below
// it know them, whose pointers implement an interface, in a fixed order.
func (r *Result) typesOf(iface *types.TypeName) []*types.Named {
	found, ok := r.implementing[iface]
	if !ok {
		for _, m := range r.membersBelow() {
			for _, name := range m.implementing(m.pkg, iface) {
				found = append(found, m.pkg.Scope().Lookup(name).Type().(*types.Named))
			}
		}
		r.implementing[iface] = found
	}
	return found
}

// A below is a package of the program with what is known of its types.
type below struct {
	*members
	pkg *types.Package
}

// membersBelow returns those of the packages that packages returns that have types
// with methods.
func (r *Result) membersBelow() []below {
	if r.members == nil {
		for _, pkg := range r.packages() {
			if m := membersOf(pkg); len(m.concrete) > 0 {
				r.members = append(r.members, below{m, pkg})
			}
		}
	}
	return r.members
}

// members are the names of the types of a package that have methods, and of those
// the ones that implement interfaces. They hold neither the package nor the
// interfaces.
type members struct {
	concrete []string

	mu    sync.Mutex
	names map[weak.Pointer[types.TypeName]][]string
}

// membersByPackage has the members of packages, by weak pointers to them: each package of a
// program asks for those of all below it.
var membersByPackage sync.Map

func membersOf(pkg *types.Package) *members {
	key := weak.Make(pkg)
	if m, ok := membersByPackage.Load(key); ok {
		return m.(*members)
	}
	m, loaded := membersByPackage.LoadOrStore(key, &members{concrete: concreteNames(pkg), names: map[weak.Pointer[types.TypeName]][]string{}})
	if !loaded {
		runtime.AddCleanup(pkg, func(key weak.Pointer[types.Package]) { membersByPackage.Delete(key) }, key)
	}
	return m.(*members)
}

// implementing returns the names of the types of the package, which m is about, whose
// pointers implement an interface.
func (m *members) implementing(pkg *types.Package, iface *types.TypeName) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := weak.Make(iface)
	names, ok := m.names[key]
	if !ok {
		for _, name := range m.concrete {
			if types.Implements(types.NewPointer(pkg.Scope().Lookup(name).Type()), iface.Type().Underlying().(*types.Interface)) {
				names = append(names, name)
			}
		}
		m.names[key] = names
	}
	return names
}

// concreteNames returns, in their order, the names of the types of a package that
// have methods, of their own or, as far as is known without looking for them, by
// embedding.
func concreteNames(pkg *types.Package) []string {
	var names []string
	for _, name := range pkg.Scope().Names() {
		object, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || object.IsAlias() || types.IsInterface(object.Type()) {
			continue
		}
		if named, ok := object.Type().(*types.Named); ok && named.TypeParams().Len() == 0 && (named.NumMethods() > 0 || embedsType(named)) {
			names = append(names, name)
		}
	}
	return names
}

func embedsType(named *types.Named) bool {
	structure, ok := named.Underlying().(*types.Struct)
	for i := 0; ok && i < structure.NumFields(); i++ {
		if structure.Field(i).Embedded() {
			return true
		}
	}
	return false
}
