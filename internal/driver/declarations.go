package driver

import (
	"go/types"
	"iter"
	"maps"
	"slices"
)

// apiDigest stands for what passes on a package that imports n look at of it: what
// is exported, all its types, those that are mentioned, and what there is to see
// of the other packages that it mentions. Bodies of functions and positions are not
// part of it.
func (r *run) apiDigest(n *node) digest {
	mentioned := make(map[*types.Package]bool)
	d := declarations{hasher: newHasher("declarations"), pkg: n.types, seen: make(map[*types.TypeName]bool),
		qualify: func(pkg *types.Package) string {
			mentioned[pkg] = true
			return pkg.Path()
		}}
	scope := n.types.Scope()
	for _, name := range scope.Names() {
		object := scope.Lookup(name)
		if _, isType := object.(*types.TypeName); isType || object.Exported() {
			d.object(object)
		}
	}
	d.mentioned()
	delete(mentioned, n.types)
	paths := make(map[string]digest)
	for pkg := range mentioned {
		paths[pkg.Path()] = r.identityOf(pkg)
	}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		d.text(path)
		d.digest(paths[path])
	}
	return d.sum()
}

// identityOf returns the digest of what there is to see of pkg, which is
// finished.
func (r *run) identityOf(pkg *types.Package) digest {
	if n := r.registry.node(pkg); n != nil {
		return n.identity
	}
	if n := r.byID[pkg.Path()]; n != nil { // it was only read as far as others mention it
		return n.identity
	}
	return digest{}
}

// declarations writes declarations of a package to a hasher.
type declarations struct {
	hasher
	pkg     *types.Package
	qualify types.Qualifier
	seen    map[*types.TypeName]bool // types of the package that were mentioned
	queue   []*types.TypeName        // those that are still to be written
}

// object writes the declaration of a package-level object.
func (d *declarations) object(object types.Object) {
	if name, ok := object.(*types.TypeName); ok {
		d.mention(name)
		return
	}
	d.text(types.ObjectString(object, d.qualify))
	if c, ok := object.(*types.Const); ok {
		d.text(c.Val().ExactString())
	}
	d.visit(object.Type())
}

// mention sees to it that a type is written, if it is of this package.
func (d *declarations) mention(name *types.TypeName) {
	if name.Pkg() == d.pkg && !d.seen[name] {
		d.seen[name] = true
		d.queue = append(d.queue, name)
	}
}

// mentioned writes the types of the package that were mentioned, and those that
// they mention.
func (d *declarations) mentioned() {
	for len(d.queue) > 0 {
		name := d.queue[0]
		d.queue = d.queue[1:]
		// With the parameters, their constraints, and what the type stands for.
		d.text(types.ObjectString(name, d.qualify))
		switch t := name.Type().(type) {
		case *types.Alias:
			d.visit(t.Rhs())
		case *types.Named:
			d.text(types.TypeString(t.Underlying(), d.qualify))
			d.visit(t.Underlying())
			d.parameters(t.TypeParams())
			d.methods(t)
		}
	}
}

func (d *declarations) methods(t *types.Named) {
	methods := make([]string, 0, t.NumMethods())
	for m := range t.Methods() {
		methods = append(methods, types.ObjectString(m, d.qualify))
		d.visit(m.Type())
	}
	slices.Sort(methods)
	d.list(methods)
}

func (d *declarations) parameters(list *types.TypeParamList) {
	for p := range list.TypeParams() {
		d.visit(p.Constraint())
	}
}

// visit mentions the types of the package that a type is made of.
func (d *declarations) visit(t types.Type) {
	switch t := t.(type) {
	case *types.Alias:
		d.mention(t.Obj())
		d.visitAll(t.TypeArgs().Types())
	case *types.Named:
		d.mention(t.Obj())
		d.visitAll(t.TypeArgs().Types())
	case interface{ Elem() types.Type }: // pointers, slices, arrays, channels, maps
		d.visit(t.Elem())
		if m, ok := t.(*types.Map); ok {
			d.visit(m.Key())
		}
	case *types.Tuple:
		for v := range t.Variables() {
			d.visit(v.Type())
		}
	case *types.Signature:
		d.parameters(t.TypeParams())
		d.visit(t.Params())
		d.visit(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			d.visit(f.Type())
		}
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			d.visit(m.Type())
		}
		d.visitAll(t.EmbeddedTypes())
	case *types.Union:
		for term := range t.Terms() {
			d.visit(term.Type())
		}
	}
}

func (d *declarations) visitAll(list iter.Seq[types.Type]) {
	for t := range list {
		d.visit(t)
	}
}
