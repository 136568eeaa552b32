package flow

import "github.com/soplint/soplint/internal/ir"

// maxBetween bounds the blocks between a branch and the place where its ways meet
// that are looked at. A branch with more is followed.
const maxBetween = 400

// A look at the branches of a function. What it notes about one branch is marked
// with the branch's number, so that the next one need not clear it: there are as
// many branches as blocks, and what is cleared for each would be the square.
type look struct {
	engine *Engine
	fn     *ir.Func
	memory []bool // registers with the address of memory that the function has made

	mark int32
	seen []int32 // by block
	live []int32 // by register: read where the ways meet, or later
	own  []int32 // by register: memory made between, which nobody reads later
	work []int32
}

func newLook(e *Engine, fn *ir.Func) *look {
	l := &look{engine: e, fn: fn, memory: make([]bool, fn.Regs), seen: make([]int32, len(fn.Blocks)),
		live: make([]int32, fn.Regs), own: make([]int32, fn.Regs)}
	for b := range fn.Blocks {
		for _, instr := range fn.Blocks[b].Instrs {
			switch instr.Op {
			case ir.Alloc, ir.MakeMap, ir.FieldAddr, ir.IndexAddr:
				l.memory[instr.Dst] = true
			}
		}
	}
	return l
}

// forgettable reports whether nothing between a branch and the block where its
// ways meet is remembered there. It looks at the nearest blocks first, where most
// of what is remembered is found.
func (l *look) forgettable(branch, meet int32) bool {
	if l.fn.Blocks[meet].FirstRest() > 0 {
		return false
	}
	l.mark++
	for _, r := range l.fn.Blocks[meet].LiveIn {
		l.live[r] = l.mark
	}
	l.seen[meet], l.seen[branch] = l.mark, l.mark
	l.work = l.work[:0]
	l.come(branch)
	for i := 0; i < len(l.work); i++ {
		if i == maxBetween || !l.forgets(&l.fn.Blocks[l.work[i]]) {
			return false
		}
		l.come(l.work[i])
	}
	return true
}

// come puts down the blocks behind a block that were not seen.
func (l *look) come(block int32) {
	for _, b := range l.fn.Blocks[block].Succs {
		if l.seen[b] != l.mark {
			l.seen[b] = l.mark
			l.work = append(l.work, b)
		}
	}
}

// forgets reports whether nothing that a block does is remembered where the ways
// meet.
func (l *look) forgets(block *ir.Block) bool {
	for i := range block.Instrs {
		instr := &block.Instrs[i]
		switch {
		case instr.Dst >= 0 && l.live[instr.Dst] == l.mark:
			return false
		case instr.Op == ir.Alloc || instr.Op == ir.MakeMap || l.isPartOfOwn(instr):
			l.own[instr.Dst] = l.mark
		case (instr.Op == ir.Store || instr.Op == ir.MapUpdate) && l.isOwn(instr.Args[0]):
		case l.engine.remembered(l.fn, instr, l.memory):
			return false
		}
	}
	return true
}

func (l *look) isOwn(o ir.Operand) bool { return o >= 0 && l.own[o] == l.mark }

func (l *look) isPartOfOwn(instr *ir.Instr) bool {
	return (instr.Op == ir.FieldAddr || instr.Op == ir.IndexAddr) && l.isOwn(instr.Args[0])
}
