package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// heldFunctions returns, by package variable, the functions that a map there holds
// from the start: what looks one up may call any of them.
func heldFunctions(init *ssa.Function) map[*ssa.Global][]string {
	held := map[*ssa.Global][]string{}
	for _, b := range init.Blocks {
		for _, instr := range b.Instrs {
			store, isStore := instr.(*ssa.Store)
			if !isStore {
				continue
			}
			global, isGlobal := store.Addr.(*ssa.Global)
			if made, isMap := store.Val.(*ssa.MakeMap); isGlobal && isMap {
				held[global] = append(held[global], functionsIn(made)...)
			}
		}
	}
	return held
}

// functionsIn returns the functions that are put into a map where it is made.
func functionsIn(made *ssa.MakeMap) []string {
	var names []string
	for _, use := range *made.Referrers() {
		if update, ok := use.(*ssa.MapUpdate); ok && update.Map == made {
			if fn := functionOf(update.Value); fn != nil {
				names = append(names, ssax.FuncName(fn))
			}
		}
	}
	return names
}

// functionOf returns the function that a value is, nil if it is none.
func functionOf(v ssa.Value) *ssa.Function {
	for {
		switch of := v.(type) {
		case *ssa.Function:
			return of
		case *ssa.MakeClosure:
			v = of.Fn
		case *ssa.ChangeType:
			v = of.X
		case *ssa.MakeInterface:
			v = of.X
		default:
			return nil
		}
	}
}

// noteHeld records that an instruction reads functions out of a package variable.
func (p *Package) noteHeld(name string, instr ssa.Instruction) {
	read, ok := instr.(*ssa.UnOp)
	if !ok || len(p.held) == 0 {
		return
	}
	if global, ok := read.X.(*ssa.Global); ok {
		for _, held := range p.held[global] {
			p.callers[held] = append(p.callers[held], name)
		}
	}
}
