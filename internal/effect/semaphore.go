package effect

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// takesBack reports whether a function, or one that it is made of, also receives
// from the channel of that name: what it sends is the token of a semaphore, which
// is given back when the work is done.
func (r *Result) takesBack(n *node, fn *ssa.Function, name string) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			receive, ok := instr.(*ssa.UnOp)
			if !ok || receive.Op != token.ARROW {
				continue
			}
			if _, received, ok := r.root(n, receive.X); ok && received == name {
				return true
			}
		}
	}
	for _, inner := range fn.AnonFuncs {
		if r.takesBack(n, inner, name) {
			return true
		}
	}
	return false
}
