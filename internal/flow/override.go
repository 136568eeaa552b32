package flow

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// Overrides returns where a step gives the request another method, one that a
// form or the query names; false if it does not.
func (p *Package) Overrides(step *Step) (Site, bool) {
	if e := step.Configured; e != nil {
		return e.Site, e.Row.Role == "override.new" && (e.Row.Arg("from") == "form" || p.takesMethodFromForm(e.Args))
	}
	return p.overrides(step.Name, maxDepth)
}

// takesMethodFromForm reports whether an option of an override says so.
func (p *Package) takesMethodFromForm(values []*Value) bool {
	return slices.ContainsFunc(values, func(v *Value) bool {
		for i, field := range v.Fields {
			if row := PartRow(p.Engine.Table, field); row != nil && row.Role == "override.option" && v.Elems[i].Text == "form" {
				return true
			}
		}
		return p.takesMethodFromForm(v.Elems)
	})
}

// overrides looks for the write in a function, in the closures that it makes, and
// in the functions that it calls.
func (p *Package) overrides(name string, depth int) (Site, bool) {
	fn := p.Func(name)
	if fn == nil || depth == 0 {
		return Site{}, false
	}
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			switch instr := &fn.Blocks[b].Instrs[i]; instr.Op {
			case ir.Store:
				if p.isMethod(fn, instr.Args[0]) && (p.isInput(fn, instr.Args[1]) || p.asksInput(fn, int32(b))) {
					return Site{fn, instr.Pos}, true
				}
			case ir.Call, ir.MakeClosure:
				if p.Engine.Table.Lookup(instr.Sym) != nil {
					continue
				}
				if at, found := p.overrides(instr.Sym, depth-1); found {
					return at, true
				}
			}
		}
	}
	return Site{}, false
}

// asksInput reports whether a block is only come to by a branch on what a form or
// the query says.
func (p *Package) asksInput(fn *ir.Func, block int32) bool {
	for range maxDepth {
		preds := fn.Blocks[block].Preds
		if len(preds) != 1 {
			return false
		}
		block = preds[0]
		instrs := fn.Blocks[block].Instrs
		if end := &instrs[len(instrs)-1]; end.Op == ir.If && p.isInput(fn, end.Args[0]) {
			return true
		}
	}
	return false
}

// isMethod reports whether an address is that of the request's method.
func (p *Package) isMethod(fn *ir.Func, address ir.Operand) bool {
	def := definition(fn, address)
	if def == nil || def.Op != ir.FieldAddr {
		return false
	}
	row := p.Engine.Table.Find("request.part", def.Sym)
	return row != nil && row.Arg("is") == "method"
}

// isInput reports whether a value comes, whatever is done to it on the way, from
// what a form or the query says.
func (p *Package) isInput(fn *ir.Func, v ir.Operand) bool {
	seen := map[ir.Operand]bool{}
	work := []ir.Operand{v}
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		def := definition(fn, at)
		if def == nil || seen[at] {
			continue
		}
		seen[at] = true
		for _, role := range []string{"request.part", "request.get"} {
			if row := p.Engine.Table.Find(role, def.Sym); row != nil && row.Arg("is") == "input" {
				return true
			}
		}
		if strings.HasPrefix(def.Sym, "(*net/http.Request).") {
			continue // another part of the request
		}
		work = append(work, def.Args...)
	}
	return false
}

// definition returns the instruction that gives a register its value, nil for
// constants and parameters.
func definition(fn *ir.Func, o ir.Operand) *ir.Instr {
	if o < 0 {
		return nil
	}
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			if instr := &fn.Blocks[b].Instrs[i]; instr.Dst == int32(o) {
				return instr
			}
		}
	}
	return nil
}
