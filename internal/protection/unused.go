package protection

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// made judges a variable of a type that protects.
func (s *search) made(alloc *ssa.Alloc) {
	name := ssax.TypeName(alloc.Type())
	if s.table.Find("csrf.new", name) == nil || !alloc.Pos().IsValid() {
		return
	}
	s.use(alloc, "csrf.new", Flaw{Pos: alloc.Pos(), By: name[strings.LastIndexByte(name, '/')+1:]})
}

// use judges whether anything is protected by what was made for it: a handler
// with the protection around it, a function that wraps one, or protection that
// wraps none yet.
func (s *search) use(v ssa.Value, role string, f Flaw) {
	for _, use := range *v.Referrers() {
		if !s.configures(use, v) {
			return
		}
	}
	f.Kind = ResultUnused
	if role == "csrf.new" {
		f.Kind = ProtectsNothing
	}
	s.keep(f)
}

// configures reports whether an instruction does nothing with protection but
// configure it.
func (s *search) configures(use ssa.Instruction, v ssa.Value) bool {
	switch use := use.(type) {
	case *ssa.DebugRef:
		return true
	case ssa.CallInstruction:
		if ssax.Argument(use.Common(), "recv") != v {
			return false
		}
		for _, row := range s.trace.Rows(use.Common()) {
			switch row.Role {
			case "csrf.bypass", "csrf.trust", "csrf.deny", "csrf.skip", "csrf.configure":
				return s.table.Find("csrf.wrap", row.Symbol) == nil
			}
		}
	}
	return false
}

// verdict judges what becomes of the error that says that a request is to be
// refused.
func (s *search) verdict(call *ssa.Call, f Flaw) {
	f.Kind = ErrorUnused
	for _, use := range *call.Referrers() {
		if !s.onlyTells(use, call) {
			return
		}
		f.Kind = ErrorTold
	}
	s.keep(f)
}

// onlyTells reports whether an instruction that uses an error makes no
// difference to how the request goes on: it is a branch whose ways meet at once,
// or stands on one of them.
func (s *search) onlyTells(use ssa.Instruction, err *ssa.Call) bool {
	if compared, ok := use.(*ssa.BinOp); ok {
		for _, use := range *compared.Referrers() {
			if branch, ok := use.(*ssa.If); !ok || !s.meets(branch, err) {
				return false
			}
		}
		return compared.Op == token.EQL || compared.Op == token.NEQ
	}
	for b := use.Block(); b != nil; b = b.Idom() {
		if len(b.Preds) != 1 {
			continue
		}
		if branch, ok := b.Preds[0].Instrs[len(b.Preds[0].Instrs)-1].(*ssa.If); ok && s.asks(branch, err) {
			return s.meets(branch, err)
		}
	}
	return false
}

// asks reports whether a branch is on whether there is that error.
func (s *search) asks(branch *ssa.If, err *ssa.Call) bool {
	compared, ok := branch.Cond.(*ssa.BinOp)
	return ok && (compared.X == err || compared.Y == err)
}

// meets reports whether the way of a branch that an error takes goes on where
// the other one does, and only says on it that there was an error: it answers
// nothing, and leaves every variable as it is.
func (s *search) meets(branch *ssa.If, err *ssa.Call) bool {
	from := branch.Block()
	failed, passed := from.Succs[0], from.Succs[1]
	if branch.Cond.(*ssa.BinOp).Op == token.EQL {
		failed, passed = passed, failed
	}
	if len(failed.Preds) != 1 || len(failed.Succs) != 1 || failed.Succs[0] != passed {
		return false
	}
	for _, instr := range passed.Instrs {
		if _, ok := instr.(*ssa.Phi); ok {
			return false
		}
	}
	for _, instr := range failed.Instrs {
		switch instr := instr.(type) {
		case *ssa.Store:
			if _, local := instr.Addr.(*ssa.IndexAddr); !local {
				return false
			}
		case ssa.CallInstruction:
			if s.answers(instr.Common()) {
				return false
			}
		case *ssa.Send, *ssa.MapUpdate, *ssa.Return:
			return false
		}
	}
	return true
}

// answers reports whether a call may do something with the request or its
// answer: it is given one of them, or what a request holds and is no text.
func (s *search) answers(call *ssa.CallCommon) bool {
	if call.StaticCallee() == nil && !call.IsInvoke() {
		return true // a function that is not known
	}
	for _, arg := range append([]ssa.Value{call.Value}, call.Args...) {
		if load, ok := arg.(*ssa.UnOp); ok {
			field, isField := load.X.(*ssa.FieldAddr)
			_, isBasic := arg.Type().Underlying().(*types.Basic)
			if isField && !isBasic {
				arg = field.X
			}
		}
		name := ssax.TypeName(arg.Type())
		if name == "net/http.ResponseWriter" || s.table.Find("request", name) != nil {
			return true
		}
	}
	return false
}
