package effect

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// single follows a value to where it was made, as long as there is one place:
// through conversions, and variables that are set once.
func single(v ssa.Value) ssa.Value {
	for range 8 {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.UnOp:
			stored := storedOnce(x)
			if stored == nil {
				return v
			}
			v = stored
		default:
			return v
		}
	}
	return v
}

// storedOnce returns the only value that a local variable which load reads is
// ever given, nil if there are others.
func storedOnce(load *ssa.UnOp) ssa.Value {
	alloc, ok := load.X.(*ssa.Alloc)
	if !ok || load.Op != token.MUL {
		return nil
	}
	return onlyStore(alloc)
}

// onlyStore returns the only value that a local variable is given as a whole, nil
// if there are others.
func onlyStore(alloc *ssa.Alloc) ssa.Value {
	var value ssa.Value
	for _, ref := range *alloc.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
			if value != nil {
				return nil
			}
			value = store.Val
		}
	}
	return value
}

// initialValues returns what the package's initializer gives to variables,
// those that get several values left out. What else the package stores there
// is not looked at: a text or function that a variable begins with is evidence
// enough for what it is about.
func initialValues(pkg *ssa.Package) map[*ssa.Global]ssa.Value {
	values := map[*ssa.Global]ssa.Value{}
	if pkg == nil {
		return values
	}
	for _, b := range pkg.Func("init").Blocks {
		for _, instr := range b.Instrs {
			store, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			if g, ok := store.Addr.(*ssa.Global); ok {
				if _, twice := values[g]; twice {
					values[g] = nil
					continue
				}
				values[g] = store.Val
			}
		}
	}
	return values
}
