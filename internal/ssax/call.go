package ssax

import (
	"go/constant"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
)

// FullName returns what fn.FullName does. Passes ask for the name of each call that
// they see; for functions, and methods of types without type parameters, it is put
// together here without a printer of types.
func FullName(fn *types.Func) string {
	if fn.Pkg() == nil {
		return fn.FullName()
	}
	receiver := fn.Signature().Recv()
	if receiver == nil {
		return fn.Pkg().Path() + "." + fn.Name()
	}
	t, before := receiver.Type(), "("
	if pointer, ok := t.(*types.Pointer); ok {
		t, before = pointer.Elem(), "(*"
	}
	if named, ok := t.(*types.Named); ok && named.TypeParams().Len() == 0 && named.Obj().Pkg() != nil {
		return before + named.Obj().Pkg().Path() + "." + named.Obj().Name() + ")." + fn.Name()
	}
	return fn.FullName()
}

// FuncRows returns the rows of a function or method, nil if there are none.
func FuncRows(table *model.Table, fn *types.Func) []*model.Row {
	if !table.Names(fn.Name()) {
		return nil
	}
	return table.Lookup(FullName(fn.Origin()))
}

// CalleeName returns the name, as models write it, of the function or interface
// method that a call is of, "" for calls of function values.
func CalleeName(call *ssa.CallCommon) string {
	if fn := calledFunc(call); fn != nil {
		return FullName(fn)
	}
	return ""
}

// calledFunc returns what CalleeName names, nil for calls of function values.
func calledFunc(call *ssa.CallCommon) *types.Func {
	if call.IsInvoke() {
		return call.Method.Origin()
	}
	if callee := call.StaticCallee(); callee != nil {
		if obj, ok := callee.Object().(*types.Func); ok {
			return obj.Origin()
		}
	}
	return nil
}

// Argument returns the argument of a call whose position a row gives: "recv"
// for the receiver, or a number that counts from behind it. It is nil where
// there is none.
func Argument(call *ssa.CallCommon, position string) ssa.Value {
	args := call.Args
	hasReceiver := !call.IsInvoke() && call.Signature().Recv() != nil
	if position == "recv" {
		if call.IsInvoke() {
			return call.Value
		}
		if hasReceiver && len(args) > 0 {
			return args[0]
		}
		return nil
	}
	i, err := strconv.Atoi(position)
	if err != nil {
		return nil
	}
	if hasReceiver {
		i++
	}
	if i < 0 || i >= len(args) {
		return nil
	}
	return args[i]
}

// Variadic returns the values that a variadic argument holds, in their order,
// nil where it is not built at the call.
func Variadic(arg ssa.Value) []ssa.Value {
	slice, ok := arg.(*ssa.Slice)
	if !ok {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	length := array.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array).Len()
	values := make([]ssa.Value, length)
	for _, use := range *array.Referrers() {
		index, ok := use.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		at, ok := index.Index.(*ssa.Const)
		if !ok {
			return nil
		}
		for _, use := range *index.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == index {
				values[at.Int64()] = store.Val
			}
		}
	}
	return values
}

// Precedes reports whether one instruction of a function comes before another
// on some way through it.
func Precedes(first, second ssa.Instruction) bool {
	from, to := first.Block(), second.Block()
	if from == to {
		for _, instr := range from.Instrs {
			if instr == first {
				return true
			}
			if instr == second {
				break
			}
		}
	}
	seen := map[*ssa.BasicBlock]bool{}
	work := append([]*ssa.BasicBlock(nil), from.Succs...)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			work = append(work, b.Succs...)
		}
	}
	return false
}

// Text returns the text of a string constant.
func Text(v ssa.Value) (string, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(c.Value), true
}
