package effect

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// Memory counts as changed where others see it: through a package variable, or
// through what the receiver or a captured variable holds. What a function makes
// itself, copies, or is given as another argument is the affair of its callers:
// the change keeps the parameter as its root, and calling it with something
// shared makes it one.

const (
	rootGlobal = 0   // a package variable, as Change.Root says it
	rootLocal  = 255 // nothing that others see
)

// noteWrite notes a write to what place leads to.
func (r *Result) noteWrite(n *node, instr ssa.Instruction, place ssa.Value, values ...ssa.Value) {
	if _, local := place.(*ssa.Alloc); local || isOfError(place) {
		return
	}
	root, name, ok := r.root(n, place)
	if !ok || root == rootLocal {
		return
	}
	c := Change{Kind: Memory, Call: name, Root: root, Minor: keptThing(name), Removes: removes(instr)}
	if values[0] != nil && isCounted(place, values[0]) {
		c.Minor = "counter"
		n.add(instr, c)
		return
	}
	if c.Minor == "" && writesLines(instr.Parent().Signature) {
		c.Minor = "log"
	}
	if c.Minor == "" && whenAbsent(instr.Block(), place) {
		c.Minor = "created when absent"
	}
	t := r.trace(n, values...)
	if c.Minor == "" && t.origin == "time" && t.from == 0 {
		c.Minor = "last seen"
	}
	c.From = t.from
	n.add(instr, c)
}

// isOfError reports whether a place is a field of an error: one tells of a single
// failure, and is state of nothing.
func isOfError(place ssa.Value) bool {
	field, ok := place.(*ssa.FieldAddr)
	return ok && types.Implements(field.X.Type(), types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

// noteChannel notes a send on a channel, or that it is closed.
func (r *Result) noteChannel(n *node, instr ssa.Instruction, channel, value ssa.Value) {
	root, name, ok := r.root(n, channel)
	if !ok || root == rootLocal {
		return
	}
	c := Change{Kind: Channel, Call: name, Root: root, From: r.trace(n, value).from}
	if of, ok := channel.Type().Underlying().(*types.Chan); ok {
		c.Sends = carried(of.Elem())
	}
	switch {
	case writesLines(instr.Parent().Signature):
		c.Minor = "log"
	case value != nil && r.takesBack(n, instr.Parent(), name):
		c.Minor = "semaphore"
	}
	n.add(instr, c)
}

// carried tells types of what channels carry apart: by name, or by their kind.
func carried(t types.Type) string {
	if name := ssax.TypeName(t); name != "" {
		return name
	}
	if basic, ok := types.Unalias(t).(*types.Basic); ok {
		return basic.Name()
	}
	return fmt.Sprintf("%T", types.Unalias(t))
}

// writesLines reports whether a function is one of a logger by its signature: it is
// given a format and any values, as fmt.Printf is, and returns nothing.
func writesLines(sig *types.Signature) bool {
	count := sig.Params().Len()
	if !sig.Variadic() || count < 2 || sig.Results().Len() > 0 {
		return false
	}
	values := sig.Params().At(count - 1).Type().(*types.Slice).Elem()
	format, isBasic := sig.Params().At(count - 2).Type().Underlying().(*types.Basic)
	anything, isInterface := values.Underlying().(*types.Interface)
	return isBasic && format.Kind() == types.String && isInterface && anything.Empty()
}

// root returns what leads to a place in memory, and the place's name.
func (r *Result) root(n *node, place ssa.Value) (root uint8, name string, ok bool) {
	w := rootWalk{home: r.home, node: n}
	root = w.walk(place)
	return root, w.name, w.owned && w.name != ""
}

type rootWalk struct {
	home  home
	node  *node
	name  string
	owned bool // the place is declared in the program, not in a library
	loads int
	steps int
}

func (w *rootWalk) walk(v ssa.Value) uint8 {
	if w.steps++; w.steps > 40 {
		return rootLocal
	}
	switch v := v.(type) {
	case *ssa.Global:
		w.call(v.Pkg.Pkg.Name()+"."+v.Name(), w.home.owns(v.Pkg.Pkg.Path()))
		return rootGlobal
	case *ssa.Parameter:
		w.call(v.Name(), true)
		return w.number(v, 0)
	case *ssa.FreeVar:
		w.call(v.Name(), true)
		if w.loads > 0 {
			return w.number(v, firstHeld-firstFree)
		}
		return w.number(v, 0)
	case *ssa.FieldAddr:
		w.field(v)
		return w.walk(v.X)
	case *ssa.IndexAddr:
		return w.walk(v.X)
	case *ssa.UnOp:
		return w.load(v)
	case *ssa.Lookup:
		return w.walk(v.X)
	case *ssa.Slice:
		return w.walk(v.X)
	case *ssa.Extract:
		return w.walk(v.Tuple)
	case *ssa.TypeAssert:
		return w.walk(v.X)
	case *ssa.MakeInterface:
		return w.walk(v.X)
	case *ssa.ChangeType:
		return w.walk(v.X)
	case *ssa.ChangeInterface:
		return w.walk(v.X)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if root := w.walk(edge); root != rootLocal {
				return root
			}
		}
	}
	return rootLocal
}

// load follows a pointer, map or channel to where it is held. A variable of the
// function that was set once holds what it was set to; a copied struct still
// holds the maps of the one that it was copied from.
func (w *rootWalk) load(v *ssa.UnOp) uint8 {
	if v.Op != token.MUL {
		return rootLocal
	}
	if isValue(v.Type()) {
		return rootLocal // a copy
	}
	w.loads++
	base := v.X
	for {
		field, ok := base.(*ssa.FieldAddr)
		if !ok {
			break
		}
		w.field(field)
		base = field.X
	}
	alloc, ok := base.(*ssa.Alloc)
	if !ok {
		return w.walk(base)
	}
	return w.held(alloc)
}

// held follows the one value that a local variable is given as a whole.
func (w *rootWalk) held(alloc *ssa.Alloc) uint8 {
	value := onlyStore(alloc)
	if load, ok := value.(*ssa.UnOp); ok && load.Op == token.MUL && isValue(load.Type()) {
		return w.walk(load.X)
	}
	if value == nil {
		return rootLocal
	}
	return w.walk(value)
}

// isValue reports whether assigning a value of that type copies what is in it.
func isValue(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array, *types.Basic:
		return true
	}
	return false
}

func (w *rootWalk) number(v ssa.Value, shift int) uint8 {
	i := w.node.index(v)
	if i < 0 {
		return rootLocal
	}
	return uint8(1 + i + shift)
}

// call gives the place its name: that of the first field, or of the variable.
func (w *rootWalk) call(name string, owned bool) {
	if w.name == "" {
		w.name, w.owned = name, owned
	}
}

// field names a place after the type that declares it. Fields of library types
// are the library's memory: what a controller of a framework holds, say.
func (w *rootWalk) field(v *ssa.FieldAddr) {
	if w.name != "" {
		return
	}
	name := fieldName(v)
	named, ok := types.Unalias(v.X.Type().Underlying().(*types.Pointer).Elem()).(*types.Named)
	if !ok {
		w.call(name, true)
		return
	}
	obj := named.Obj()
	w.call(obj.Name()+"."+name, obj.Pkg() != nil && w.home.owns(obj.Pkg().Path()))
}

// isCounted reports whether what is written to a place is what was there and a
// constant: x++ and x -= 2.
func isCounted(place, value ssa.Value) bool {
	sum, ok := value.(*ssa.BinOp)
	if !ok || sum.Op != token.ADD && sum.Op != token.SUB {
		return false
	}
	if _, isConst := sum.Y.(*ssa.Const); !isConst || !isInteger(sum.Type()) {
		return false
	}
	switch old := sum.X.(type) {
	case *ssa.UnOp:
		return samePlace(old.X, place)
	case *ssa.Lookup:
		return samePlace(old.X, place)
	}
	return false
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// samePlace compares two ways to memory: the same fields of the same variable.
func samePlace(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && samePlace(a.X, b.X)
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == token.MUL && b.Op == token.MUL && samePlace(a.X, b.X)
	}
	return false
}

// makesWhatIsAbsent reports whether the result of a call is kept in a place that
// was found to be nil: what the call changes on the way happens once, whoever
// comes first.
func makesWhatIsAbsent(made ssa.Value) bool {
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val == made && whenAbsent(ref.Block(), ref.Addr) {
				return true
			}
		case *ssa.MakeInterface:
			if makesWhatIsAbsent(ref) {
				return true
			}
		case *ssa.Extract:
			if makesWhatIsAbsent(ref) {
				return true
			}
		}
	}
	return false
}

// maxDominators bounds how far up whenAbsent looks.
const maxDominators = 12

// whenAbsent reports whether a write happens only after the place was found to
// be nil, or to lack the key.
func whenAbsent(b *ssa.BasicBlock, place ssa.Value) bool {
	for range maxDominators {
		up := b.Idom()
		if up == nil {
			return false
		}
		if branch, ok := up.Instrs[len(up.Instrs)-1].(*ssa.If); ok {
			for i, succ := range up.Succs {
				if len(succ.Preds) == 1 && succ.Dominates(b) && foundAbsent(branch, place, i == 0) {
					return true
				}
			}
		}
		b = up
	}
	return false
}

// foundAbsent reports whether the branch asks for the place, and its true or
// false edge is taken when there is nothing.
func foundAbsent(branch *ssa.If, place ssa.Value, isTrue bool) bool {
	if not, ok := branch.Cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return foundIn(not.X, place, !isTrue)
	}
	return foundIn(branch.Cond, place, isTrue)
}

func foundIn(cond, place ssa.Value, isTrue bool) bool {
	switch cond := cond.(type) {
	case *ssa.BinOp:
		load, ok := cond.X.(*ssa.UnOp)
		c, isConst := cond.Y.(*ssa.Const)
		absent := cond.Op == token.EQL && isTrue || cond.Op == token.NEQ && !isTrue
		return ok && isConst && c.IsNil() && absent && samePlace(load.X, place)
	case *ssa.Extract:
		lookup, ok := cond.Tuple.(*ssa.Lookup)
		return ok && cond.Index == 1 && !isTrue && samePlace(lookup.X, place)
	}
	return false
}
