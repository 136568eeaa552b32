package effect

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A method of an interface is called on what a field of a struct holds. Where the
// struct was made by a function that leaves the field nil, and nobody has set it since,
// none of the implementations is called there, however many the program has.

// openCall is a call of an interface's method, with the parameter that holds the value.
func (r *Result) openCall(n *node, method string, common *ssa.CallCommon) Change {
	c := Change{Open: method, From: r.trace(n, common.Args...).from}
	load, ok := common.Value.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return c
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return c
	}
	if _, isParameter := field.X.(*ssa.Parameter); isParameter {
		if i := n.index(field.X); i >= 0 {
			c.Field, c.Holder = heldField(field), uint8(1+i)
		}
	}
	return c
}

// liftHolder finds what holds the value in a caller, and reports whether there may be
// one.
func (r *Result) liftHolder(n *node, c *call, change *Change) bool {
	if change.Holder == 0 {
		return true
	}
	v := c.value(int(change.Holder) - 1)
	if _, isParameter := v.(*ssa.Parameter); isParameter {
		if i := n.index(v); i >= 0 {
			change.Holder = uint8(1 + i)
			return true
		}
	}
	field := change.Field
	change.Field, change.Holder = "", 0
	return v == nil || !r.isEmpty(n, v, field)
}

// isEmpty reports whether a field of a struct that a function of the program has made is
// nil all the time: the function leaves it, and nothing that is done with the struct
// sets it.
func (r *Result) isEmpty(n *node, made ssa.Value, field string) bool {
	call, ok := made.(*ssa.Call)
	if result, isExtract := made.(*ssa.Extract); isExtract && result.Index == 0 {
		call, ok = result.Tuple.(*ssa.Call)
	}
	if !ok {
		return false
	}
	target := r.calleeOf(n, &call.Call)
	if target == nil || target.summary == nil || !slices.Contains(target.summary.Empty, field) {
		return false
	}
	return !slices.ContainsFunc(*made.Referrers(), func(use ssa.Instruction) bool { return r.maySet(n, use, field) })
}

// maySet reports whether what is done with a struct may set a field of it.
func (r *Result) maySet(n *node, use ssa.Instruction, field string) bool {
	switch use := use.(type) {
	case *ssa.DebugRef:
		return false
	case *ssa.FieldAddr:
		return heldField(use) == field
	case *ssa.Call:
		target := r.calleeOf(n, &use.Call)
		fn := use.Call.StaticCallee()
		if fn == nil || fn.Object() == nil || fn.Object().Pkg() == nil || !r.home.owns(fn.Object().Pkg().Path()) {
			return true
		}
		return target != nil && target.summary != nil && slices.ContainsFunc(target.summary.Changes, func(c Change) bool {
			return c.Kind == Memory && c.Open == "" && c.Call == field
		})
	}
	return true
}

// emptyFields returns the fields of interfaces that are nil in the struct which a
// function makes and returns first; none where that is not known.
func emptyFields(fn *ssa.Function) []string {
	var made *ssa.Alloc
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if len(ret.Results) == 0 {
			return nil
		}
		switch result := ret.Results[0].(type) {
		case *ssa.Const: // nil, with an error
		case *ssa.Alloc:
			if made != nil && made != result {
				return nil
			}
			made = result
		default:
			return nil
		}
	}
	if made == nil {
		return nil
	}
	return unset(made)
}

// unset returns the fields of interfaces of a struct that nobody but its maker has had,
// and to which nothing was assigned.
func unset(made *ssa.Alloc) []string {
	pointer := made.Type().Underlying().(*types.Pointer)
	named, ok := types.Unalias(pointer.Elem()).(*types.Named)
	if !ok {
		return nil
	}
	structure, ok := named.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	assigned := map[int]bool{}
	for _, use := range *made.Referrers() {
		switch use := use.(type) {
		case *ssa.Return, *ssa.DebugRef:
		case *ssa.FieldAddr:
			assigned[use.Field] = true
		default:
			return nil
		}
	}
	var fields []string
	for i := range structure.NumFields() {
		if types.IsInterface(structure.Field(i).Type()) && !assigned[i] {
			fields = append(fields, named.Obj().Name()+"."+structure.Field(i).Name())
		}
	}
	return fields
}

// heldField names a field as changes of memory are named.
func heldField(v *ssa.FieldAddr) string {
	named, ok := types.Unalias(v.X.Type().Underlying().(*types.Pointer).Elem()).(*types.Named)
	if !ok {
		return fieldName(v)
	}
	return named.Obj().Name() + "." + fieldName(v)
}
