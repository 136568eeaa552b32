package effect

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// A callee is what is known of a function that is called.
type callee struct {
	name     string
	effect   *spec
	callback *callback
	summary  *Function
	open     bool   // the method of an interface of the program
	origin   string // what is returned, as effect.source says
	text     int    // the argument whose text is carried on, -1 for none
	table    int    // the argument that names the table or collection that is worked on, -1 for none
	process  int    // the argument that is the program of the process returned, -1 for none
}

// calleeOf returns what is known of whom a call calls, nil if nothing is.
func (r *Result) calleeOf(n *node, common *ssa.CallCommon) *callee {
	if common.IsInvoke() {
		return r.calleeFor(common.Method, nil)
	}
	v := single(common.Value)
	if load, ok := v.(*ssa.UnOp); ok {
		if g, ok := load.X.(*ssa.Global); ok {
			v = r.inits[g]
		}
	}
	if closure, ok := v.(*ssa.MakeClosure); ok {
		v = closure.Fn
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		return nil
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if own := r.nodes[fn]; own != nil {
		return r.ownCallee(own)
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		return r.calleeFor(obj, fn)
	}
	return nil
}

func (r *Result) ownCallee(own *node) *callee {
	known := r.callees[own]
	if known == nil {
		known = &callee{name: own.Name, summary: &own.Function, text: -1, table: -1, process: -1}
		if obj, ok := own.fn.Object().(*types.Func); ok {
			known.effect = r.library.generated(obj)
		}
		r.callees[own] = known
	}
	return known
}

// calleeFor looks up a declared function or method once.
func (r *Result) calleeFor(obj *types.Func, fn *ssa.Function) *callee {
	obj = obj.Origin()
	if known, ok := r.callees[obj]; ok {
		return known
	}
	known := r.describe(obj, fn)
	r.callees[obj] = known
	return known
}

func (r *Result) describe(obj *types.Func, fn *ssa.Function) *callee {
	if obj.Pkg() == nil {
		return nil
	}
	c := &callee{name: ssax.FullName(obj)}
	symbol := symbolOf(c.name)
	modelled := r.library.describe(symbol, c)
	own := r.home.owns(obj.Pkg().Path())
	switch {
	case c.effect != nil || c.callback != nil:
		return c
	case r.library.generated(obj) != nil:
		c.effect = r.library.generated(obj)
		return c
	case !own || isInterfaceMethod(obj):
		if c.effect = r.library.byShape(obj); c.effect != nil {
			return c
		}
	}
	c.summary = r.function(c.name)
	c.open = c.summary == nil && fn == nil && own
	if !modelled && c.summary == nil && !c.open {
		return nil
	}
	return c
}

func isInterfaceMethod(obj *types.Func) bool {
	recv := obj.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// A binding is what is known of the arguments of a function that is handed on.
type binding struct{ args, free []ssa.Value }

// functionOf returns the summary of the function that v is, nil if that is not
// known, with what it is bound to.
func (r *Result) functionOf(n *node, v ssa.Value) (*Function, binding) {
	var bound binding
	v = single(v)
	if closure, ok := v.(*ssa.MakeClosure); ok {
		v = closure.Fn
		bound.free = closure.Bindings
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		return nil, bound
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if own := r.nodes[fn]; own != nil {
		return &own.Function, bound
	}
	if strings.HasSuffix(fn.Name(), "$bound") {
		bound = binding{args: bound.free}
	}
	return r.function(r.source.Names.Of(fn)), bound
}
