package effect

import (
	"go/types"
	"slices"
	"strings"

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

// leads reports whether an implementation that may be called by that method of an
// interface changes anything.
func (r *Result) leads(method string) bool {
	known, ok := r.leading[method]
	if !ok {
		known = len(r.resolve([]Change{{Open: method}}, 0)) > 0
		r.leading[method] = known
	}
	return known
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
	for _, t := range r.typesOf(iface) {
		full := methodOf(t, name)
		if full == "" || slices.Contains(found, full) {
			continue
		}
		if found = append(found, full); len(found) > maxImplementations {
			return nil
		}
	}
	return found
}

// methodOf returns the full name of the method of a type, or of a pointer to it.
func methodOf(named *types.Named, method string) string {
	m, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), false, named.Obj().Pkg(), method)
	if m, ok := m.(*types.Func); ok {
		return ssax.FullName(m.Origin())
	}
	return ""
}

// interfaceOf returns the interface with that path and name, of this package or one of
// the program below it, nil without one.
func (r *Result) interfaceOf(name string) *types.TypeName {
	path := packageOf(name)
	i := slices.IndexFunc(r.packages(), func(pkg *types.Package) bool { return pkg.Path() == path })
	if i < 0 {
		return nil
	}
	object, _ := r.packages()[i].Scope().Lookup(strings.TrimPrefix(name, path+".")).(*types.TypeName)
	if object == nil || !types.IsInterface(object.Type()) {
		return nil
	}
	return object
}

// declared returns the function or method of that name, of this package or one
// below it, nil if it is not found.
func (r *Result) declared(name string) *types.Func {
	path := packageOf(name)
	pkg := r.source.Import(path)
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
	if r.methods == nil {
		r.methods = map[string]bool{}
		for _, n := range r.nodes {
			if name := n.changingMethod(); name != "" {
				r.methods[name] = true
			}
		}
	}
	if r.methods[method] {
		return true
	}
	for _, fact := range r.facts {
		if _, ok := slices.BinarySearch(fact.Methods, method); ok {
			return true
		}
	}
	return false
}

// changingMethod returns the name of the method that f summarises, without its type, if
// it changes anything; "" otherwise.
func (f *Function) changingMethod() string {
	if len(f.Changes) == 0 || !strings.HasPrefix(f.Name, "(") {
		return ""
	}
	return f.Name[strings.LastIndexByte(f.Name, '.')+1:]
}
