package effect

import (
	"go/types"
	"runtime"
	"slices"
	"strings"
	"sync"
	"weak"

	"github.com/soplint/soplint/internal/ssax"
)

// Methods of interfaces that the program declares are resolved where somebody
// asks: a package that binds an implementation knows more than the one that
// declares the interface.

const (
	maxImplementations = 4
	maxResolved        = 3 // implementations that call interface methods themselves
)

// resolve replaces open calls by what the known implementations change.
func (r *Result) resolve(changes []Change, depth int) []Change {
	if !slices.ContainsFunc(changes, func(c Change) bool { return c.Open != "" }) {
		return changes
	}
	var resolved []Change
	for _, c := range changes {
		if c.Open == "" {
			resolved = append(resolved, c)
			continue
		}
		if depth == maxResolved {
			continue
		}
		for _, name := range r.implementationsOf(c.Open) {
			if f := r.function(name); f != nil {
				resolved = append(resolved, bind(c, name, r.resolve(f.Changes, depth+1))...)
			}
		}
	}
	return resolved
}

// bind makes changes of an implementation those of the function that calls it
// by an interface. What the receiver holds outlives the call.
func bind(open Change, name string, changes []Change) []Change {
	var bound []Change
	for _, c := range changes {
		if c.Text == Query || c.Text == Method || !isShared(name, c.Root) {
			continue
		}
		if c.From&^source(0) == 0 {
			c.From = 0
		} else {
			c.From = open.From
		}
		c.Root, c.Text = rootGlobal, NoText
		c.Path = prefix(shortName(name), c.Path)
		for i := range open.Path {
			c.Path = prefix(open.Path[len(open.Path)-1-i], c.Path)
		}
		if c.Minor == "" {
			c.Minor = open.Minor
		}
		bound = append(bound, c)
	}
	return bound
}

// implementationsOf returns the methods that a call of an interface's method
// may reach, as far as this package and those below it know them; none if there
// are more than a few.
func (r *Result) implementationsOf(method string) []string {
	found, ok := r.implementations[method]
	if !ok {
		found = r.findImplementations(method)
		r.implementations[method] = found
	}
	return found
}

func (r *Result) findImplementations(method string) []string {
	dot := strings.LastIndexByte(method, '.')
	if !strings.HasPrefix(method, "(") || dot < 0 || !r.changesSomewhere(method[dot+1:]) {
		return nil
	}
	name := method[dot+1:]
	iface := r.interfaceOf(strings.TrimSuffix(method[1:dot], ")"))
	if iface == nil {
		return nil
	}
	var found []string
	for _, t := range r.candidates(name) {
		full := implements(t, iface, name)
		if full == "" || slices.Contains(found, full) {
			continue
		}
		if found = append(found, full); len(found) > maxImplementations {
			return nil
		}
	}
	return found
}

// candidates returns the types of the program that may have a method of that
// name, its own or an embedded one, in a fixed order.
func (r *Result) candidates(method string) []*types.Named {
	all := r.concrete()
	at := slices.Sorted(slices.Values(slices.Concat(r.declaring[method], r.embedding)))
	candidates := make([]*types.Named, 0, len(at))
	for _, i := range slices.Compact(at) {
		candidates = append(candidates, all[i])
	}
	return candidates
}

// concrete returns the types of the program that can implement an interface, in
// a fixed order.
func (r *Result) concrete() []*types.Named {
	if r.types != nil {
		return r.types
	}
	r.types, r.declaring = []*types.Named{}, map[string][]int{}
	for _, pkg := range r.packages() {
		for _, name := range concreteNames(pkg) {
			r.noteType(pkg.Scope().Lookup(name).Type().(*types.Named))
		}
	}
	return r.types
}

// namesOf has what concreteNames found, by weak pointers to the packages: each
// package of a program asks for those of all below it.
var namesOf sync.Map

// concreteNames returns, in their order, the names of the types of a package that
// have methods, of their own or, as far as is known without looking for them, by
// embedding.
func concreteNames(pkg *types.Package) []string {
	key := weak.Make(pkg)
	if known, ok := namesOf.Load(key); ok {
		return known.([]string)
	}
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
	if _, known := namesOf.Swap(key, names); !known {
		runtime.AddCleanup(pkg, func(key weak.Pointer[types.Package]) { namesOf.Delete(key) }, key)
	}
	return names
}

// noteType adds a type to those that can implement an interface.
func (r *Result) noteType(named *types.Named) {
	at := len(r.types)
	r.types = append(r.types, named)
	for m := range named.Methods() {
		r.declaring[m.Name()] = append(r.declaring[m.Name()], at)
	}
	if embedsType(named) {
		r.embedding = append(r.embedding, at)
	}
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

// implements returns the full name of the method by which a type implements
// that of the interface, "" if it does not.
func implements(named *types.Named, iface *types.Interface, method string) string {
	t := types.NewPointer(named)
	if !types.Implements(t, iface) {
		return ""
	}
	m, _, _ := types.LookupFieldOrMethod(t, false, named.Obj().Pkg(), method)
	if m, ok := m.(*types.Func); ok {
		return ssax.FullName(m.Origin())
	}
	return ""
}

// interfaceOf returns the interface with that path and name, nil without one.
func (r *Result) interfaceOf(name string) *types.Interface {
	path := packageOf(name)
	for _, pkg := range r.packages() {
		if pkg.Path() != path {
			continue
		}
		object := pkg.Scope().Lookup(strings.TrimPrefix(name, path+"."))
		if object == nil {
			return nil
		}
		iface, _ := object.Type().Underlying().(*types.Interface)
		return iface
	}
	return nil
}

// declared returns the function or method of that name, of this package or one
// below it, nil if it is not found.
func (r *Result) declared(name string) *types.Func {
	path := packageOf(name)
	pkg := find(r.home.pkg, path, map[*types.Package]bool{})
	if pkg == nil {
		return nil
	}
	typeName, method, isMethod := strings.Cut(strings.TrimPrefix(strings.TrimLeft(name, "(*"), path+"."), ").")
	typeName, _, _ = strings.Cut(typeName, "[")
	object := pkg.Scope().Lookup(typeName)
	if object != nil && isMethod {
		object, _, _ = types.LookupFieldOrMethod(object.Type(), true, pkg, method)
	}
	fn, _ := object.(*types.Func)
	return fn
}

// find returns the package with that path among those that pkg imports, directly
// or not.
func find(pkg *types.Package, path string, seen map[*types.Package]bool) *types.Package {
	if pkg.Path() == path {
		return pkg
	}
	seen[pkg] = true
	for _, imported := range pkg.Imports() {
		if !seen[imported] {
			if found := find(imported, path, seen); found != nil {
				return found
			}
		}
	}
	return nil
}

// packages returns this package and those of the program below it, in a fixed
// order.
func (r *Result) packages() []*types.Package {
	if r.below == nil {
		seen := map[*types.Package]bool{}
		r.addPackages(r.home.pkg, seen)
	}
	return r.below
}

func (r *Result) addPackages(pkg *types.Package, seen map[*types.Package]bool) {
	if seen[pkg] || !r.home.owns(pkg.Path()) {
		return
	}
	seen[pkg] = true
	r.below = append(r.below, pkg)
	for _, imported := range pkg.Imports() {
		r.addPackages(imported, seen)
	}
}

// changesSomewhere reports whether a method of that name changes anything, in
// this package or one below it.
func (r *Result) changesSomewhere(method string) bool {
	if r.methodNames == nil {
		r.methodNames = map[string]bool{}
		for _, n := range r.nodes {
			r.noteMethod(&n.Function)
		}
		for _, fact := range r.facts {
			for i := range fact.Functions {
				r.noteMethod(&fact.Functions[i])
			}
		}
	}
	return r.methodNames[method]
}

func (r *Result) noteMethod(f *Function) {
	if len(f.Changes) > 0 && strings.HasPrefix(f.Name, "(") {
		r.methodNames[f.Name[strings.LastIndexByte(f.Name, '.')+1:]] = true
	}
}
