package ssax

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"
)

// Running returns, by index, the blocks of fn that can run. What a constant
// condition rules out cannot, but keeps its block: others count their
// predecessors.
func Running(fn *ssa.Function) []bool {
	runs := make([]bool, len(fn.Blocks))
	work := []*ssa.BasicBlock{fn.Blocks[0]}
	if fn.Recover != nil {
		work = append(work, fn.Recover)
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !runs[b.Index] {
			runs[b.Index] = true
			work = append(work, successors(b)...)
		}
	}
	return runs
}

// successors returns the blocks that b can go on to.
func successors(b *ssa.BasicBlock) []*ssa.BasicBlock {
	if branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
		if c, ok := branch.Cond.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Bool {
			if constant.BoolVal(c.Value) {
				return b.Succs[:1]
			}
			return b.Succs[1:]
		}
	}
	return b.Succs
}
