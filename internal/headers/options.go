package headers

import (
	"go/constant"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// middlewares looks for uses of security-header middleware in a function.
func (s *search) middlewares(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				s.middleware(call)
			}
		}
	}
}

// middleware records a security-header middleware whose options leave all that
// it could send unset.
func (s *search) middleware(instr ssa.CallInstruction) {
	row := s.code.role(instr.Common(), "header.middleware")
	if row == nil || strings.HasPrefix(row.Symbol, s.pass.Pkg.Path()+".") {
		return
	}
	options := argument(instr.Common().Args, row.Arg("options"))
	if options == nil || !unset(options, strings.Split(row.Arg("idle"), ",")) {
		return
	}
	symbol := row.Symbol[strings.LastIndexByte(row.Symbol, '/')+1:]
	s.result.Idle = append(s.result.Idle, &Middleware{Name: symbol, Pos: instr.Pos()})
}

// unset reports whether options, a struct or a variadic parameter of them, are
// known to be zero in every field but the idle ones.
func unset(options ssa.Value, idle []string) bool {
	switch v := options.(type) {
	case *ssa.Const:
		return true // a zero struct, or no options at all
	case *ssa.UnOp:
		return unsetAt(v.X, v, idle)
	case *ssa.Slice:
		array, ok := v.X.(*ssa.Alloc)
		return ok && !slices.ContainsFunc(*array.Referrers(), func(use ssa.Instruction) bool {
			at, isElement := use.(*ssa.IndexAddr)
			return use != v && !(isElement && unsetAt(at, nil, idle))
		})
	}
	return false
}

// unsetAt is unset for the options at an address, of which read is a read.
func unsetAt(address, read ssa.Value, idle []string) bool {
	switch address.(type) {
	case *ssa.Alloc, *ssa.IndexAddr:
	default:
		return false
	}
	for _, use := range *address.Referrers() {
		switch use := use.(type) {
		case *ssa.UnOp:
			if ssa.Value(use) != read {
				return false
			}
		case *ssa.FieldAddr:
			if !slices.Contains(idle, ssax.FieldOf(use).Name()) && !staysZero(use) {
				return false
			}
		case *ssa.Store:
			if use.Addr != address || !unset(use.Val, idle) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// staysZero reports whether a field is given nothing but its zero value.
func staysZero(field *ssa.FieldAddr) bool {
	return !slices.ContainsFunc(*field.Referrers(), func(use ssa.Instruction) bool {
		store, ok := use.(*ssa.Store)
		return !ok || store.Addr != field || !isZero(store.Val)
	})
}

func isZero(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	if !ok {
		return false
	}
	if c.Value == nil {
		return true
	}
	switch c.Value.Kind() {
	case constant.Bool:
		return !constant.BoolVal(c.Value)
	case constant.String:
		return constant.StringVal(c.Value) == ""
	}
	return constant.Sign(c.Value) == 0
}
