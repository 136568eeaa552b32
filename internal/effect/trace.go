package effect

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/web"
)

// A traced value is what a walk back from it met.
type traced struct {
	from   Sources
	origin string // where it comes from, as rows of role effect.source say: "temporary file", "time"
	cached bool   // a name on the way says that it is about a cache
}

// maxTraced bounds how many values one walk looks at.
const maxTraced = 400

// trace walks back from values to the parameters and captured variables that
// they are made of. It takes what a call returns to be made of its arguments.
func (r *Result) trace(n *node, values ...ssa.Value) traced {
	clear(r.seen)
	t := tracer{Result: r, node: n}
	for _, v := range values {
		if v != nil && !isContext(v.Type()) && !r.isConnection(v.Type()) {
			t.visit(v)
		}
	}
	return t.traced
}

type tracer struct {
	*Result
	node *node
	traced
}

func (t *tracer) visit(v ssa.Value) {
	if v == nil || t.seen[v] || len(t.seen) > maxTraced {
		return
	}
	switch v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin:
		return
	}
	t.seen[v] = true
	switch v := v.(type) {
	case *ssa.Global:
		t.noteName(v.Name())
	case *ssa.Parameter, *ssa.FreeVar:
		if !isContext(v.Type()) {
			t.from |= source(t.node.index(v))
		}
	case *ssa.Alloc:
		t.visitStores(v)
	case *ssa.Call:
		t.visitCall(&v.Call)
	case *ssa.FieldAddr:
		t.noteName(fieldName(v))
		t.visit(v.X)
	case ssa.Instruction:
		var space [4]*ssa.Value
		for _, operand := range v.Operands(space[:0]) {
			t.visit(*operand)
		}
		if made, ok := v.(ssa.Value); ok {
			switch made.(type) {
			case *ssa.MakeMap, *ssa.MakeSlice:
				t.visitStores(made)
			}
		}
	}
}

// visitStores visits what is put into a variable, or into a part of it: by
// stores, and by calls that are given its address.
func (t *tracer) visitStores(v ssa.Value) {
	refs := v.Referrers()
	if refs == nil {
		return
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == v {
				t.visit(ref.Val)
			}
		case *ssa.MapUpdate:
			if ref.Map == v {
				t.visit(ref.Value)
			}
		case *ssa.FieldAddr:
			t.visitParts(ref)
		case *ssa.IndexAddr:
			t.visitParts(ref)
		case *ssa.MakeInterface:
			t.visitParts(ref)
		case *ssa.Call:
			t.visitCall(&ref.Call)
		}
	}
}

func (t *tracer) visitParts(v ssa.Value) {
	if !t.seen[v] && len(t.seen) <= maxTraced {
		t.seen[v] = true
		t.visitStores(v)
	}
}

// visitCall visits the arguments of a call. Where they lead somewhere the
// receiver is only what does the work; else the value comes from it.
func (t *tracer) visitCall(common *ssa.CallCommon) {
	if target := t.calleeOf(t.node, common); target != nil && target.origin != "" {
		if t.origin == "" {
			t.origin = target.origin
		}
		return
	}
	before := t.from
	args := common.Args
	if !common.IsInvoke() && common.Signature().Recv() != nil && len(args) > 0 {
		args = args[1:]
	}
	for _, arg := range args {
		if !isContext(arg.Type()) && !t.isConnection(arg.Type()) {
			t.visit(arg)
		}
	}
	if t.from != before {
		return
	}
	receiver := common.Value
	if len(args) < len(common.Args) {
		receiver = common.Args[0]
	}
	if !t.isConnection(receiver.Type()) {
		t.visit(receiver)
	}
}

func (t *tracer) noteName(name string) {
	for _, word := range web.Words(name) {
		switch word {
		case "cache", "cached", "tmp", "temp", "thumbs", "thumbnails":
			t.cached = true
		}
	}
}

func fieldName(v *ssa.FieldAddr) string {
	s := v.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return s.Field(v.Field).Name()
}

func isContext(t types.Type) bool { return isNamed(t, "context", "Context") }

// isNamed reports whether t is the named type of that package.
func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path
}

// isConnection reports whether rows give methods of this type effects: it is
// what does the work, not what is worked on.
func (r *Result) isConnection(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && r.library.receivers[qualified{named.Obj().Pkg().Path(), named.Obj().Name()}]
}
