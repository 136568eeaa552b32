package flow

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// Most branches of a program do not matter for a question: whether something
// is logged, counted or cached. A branch is passed over, and the code goes on
// where its ways meet again, if nothing on them is remembered: no value that is
// read later, no write to memory, no call that can come to a report, no end.
//
// shape is what this needs to know of the control flow of a function.
type shape struct {
	meets []int32 // by block: where all ways from there meet, -1 if only at the function's end
	over  []int32 // by block: where to go on instead of branching, -1 if the branch matters
	done  []bool  // by block: nothing that is reported on comes from there to the function's end
	last  []bool  // the same, where nobody reads what the function writes to memory
}

// shapeOf computes the shape of a function once.
func (e *Engine) shapeOf(fn *ir.Func) *shape {
	if e.shapes == nil {
		e.shapes = map[*ir.Func]*shape{}
	}
	s := e.shapes[fn]
	if s == nil {
		s = e.newShape(fn)
		e.shapes[fn] = s
	}
	return s
}

func (e *Engine) newShape(fn *ir.Func) *shape {
	s := &shape{over: make([]int32, len(fn.Blocks)), meets: postdominators(fn)}
	look := newLook(e, fn)
	for b := range fn.Blocks {
		s.over[b] = -1
		if len(fn.Blocks[b].Succs) == 2 && s.meets[b] >= 0 && look.forgettable(int32(b), s.meets[b]) {
			s.over[b] = s.meets[b]
		}
	}
	s.done, s.last = e.finished(fn, true), e.finished(fn, false)
	return s
}

// finished marks the blocks from which nothing that is reported on is reached in
// the function itself. In a function without results, a path is at its end there.
func (e *Engine) finished(fn *ir.Func, writes bool) []bool {
	done := make([]bool, len(fn.Blocks))
	if len(fn.Results) > 0 {
		return done
	}
	var work []int32
	for b := range fn.Blocks {
		done[b] = true
		if slices.ContainsFunc(fn.Blocks[b].Instrs, func(instr ir.Instr) bool { return e.reportable(&instr, writes) }) {
			done[b] = false
			work = append(work, int32(b))
		}
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range fn.Blocks[b].Preds {
			if done[p] {
				done[p] = false
				work = append(work, p)
			}
		}
	}
	return done
}

// reportable reports whether an instruction can come to something that is
// reported on, or, if writes matter, writes to memory.
func (e *Engine) reportable(instr *ir.Instr, writes bool) bool {
	switch instr.Op {
	case ir.Store, ir.Send:
		return writes || e.Watch != nil
	case ir.CallValue, ir.MakeClosure, ir.Go, ir.Defer, ir.MapUpdate:
		return true
	case ir.Call, ir.Invoke:
		if e.Watch != nil && isWriting(instr.Sym) {
			return true
		}
		return e.Code.Touches(instr.Sym) || slices.ContainsFunc(e.Table.Lookup(instr.Sym), isReplayed)
	case ir.Copy:
		return instr.Sym != "" && slices.ContainsFunc(e.Table.Lookup(instr.Sym), isReplayed)
	}
	return false
}

// isWriting reports whether a builtin function changes what it is given: who closes a
// channel tells all that wait for it.
func isWriting(symbol string) bool {
	return symbol == "builtin.delete" || symbol == "builtin.clear" || symbol == "builtin.close"
}

// isReplayed reports whether a replay has to do with what a row says. Credentials,
// refusals and protection are looked for in the code itself.
func isReplayed(row *model.Row) bool {
	kind, _, _ := strings.Cut(row.Role, ".")
	switch kind {
	case "authority", "cookie", "credential", "session", "csrf", "refuse", "refuses", "effect":
		return false
	}
	return true
}

// remembered reports whether an instruction does more than compute a value.
func (e *Engine) remembered(fn *ir.Func, instr *ir.Instr, memory []bool) bool {
	switch instr.Op {
	case ir.Store, ir.MapUpdate, ir.Go, ir.Defer, ir.Return, ir.Panic, ir.CallValue, ir.MakeClosure:
		return true
	case ir.Send:
		return e.Watch != nil
	case ir.Call, ir.Invoke:
		if strings.HasPrefix(instr.Sym, "builtin.") {
			return isWriting(instr.Sym)
		}
		if e.Code.Touches(instr.Sym) {
			return true
		}
		for _, row := range e.Table.Lookup(instr.Sym) {
			if e.playsOut(fn, instr, row) {
				return true
			}
		}
		return slices.ContainsFunc(instr.Args, func(o ir.Operand) bool { return o >= 0 && memory[o] })
	}
	return false
}

// playsOut reports whether a call that a row is about has an effect on a replay.
func (e *Engine) playsOut(fn *ir.Func, instr *ir.Instr, row *model.Row) bool {
	if !isReplayed(row) {
		return false
	}
	switch row.Role {
	case "header.get", "request.get", "environment":
		return false
	case "header.set", "header.add":
		for _, o := range instr.Args {
			if o < 0 && fn.Const(o).Kind == ir.StringConst && (e.tracks(fn.Const(o).Text) || strings.EqualFold(fn.Const(o).Text, "Origin")) {
				return true
			}
			if o >= 0 && row.Arg("name") == "" && int(o) < len(fn.Params)+len(fn.Free) {
				return true // the name may come from the caller
			}
		}
		return false
	}
	return true
}

// tracks reports whether it is followed what a response header is set to.
func (e *Engine) tracks(header string) bool {
	name := canonical(header)
	return e.Table.Find("report.header", name) != nil || e.Table.Find("track.header", name) != nil
}

// postdominators returns, for each block, the nearest block that every way to
// the function's end passes, -1 if there is none. It is the algorithm of
// Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm") on the
// reversed graph, with one exit added behind all ends.
func postdominators(fn *ir.Func) []int32 {
	n := int32(len(fn.Blocks))
	order := postorder(fn)
	number := make([]int32, n+1)
	for i, b := range order {
		number[b] = int32(i)
	}
	const none = -1
	idom := make([]int32, n+1)
	for i := range idom {
		idom[i] = none
	}
	idom[n] = n
	number[n] = -1 // the exit comes before all blocks in postorder
	for changed := true; changed; {
		changed = false
		for _, b := range order {
			next := int32(none)
			for _, s := range exits(fn, b, n) {
				switch {
				case idom[s] == none:
				case next == none:
					next = s
				default:
					next = intersect(idom, number, s, next)
				}
			}
			if next != none && idom[b] != next {
				idom[b], changed = next, true
			}
		}
	}
	for i := range idom {
		if idom[i] == n {
			idom[i] = none
		}
	}
	return idom[:n]
}

// exits returns the successors of a block, the added exit for ends.
func exits(fn *ir.Func, b, exit int32) []int32 {
	if len(fn.Blocks[b].Succs) == 0 {
		return []int32{exit}
	}
	return fn.Blocks[b].Succs
}

func intersect(idom, number []int32, a, b int32) int32 {
	for a != b {
		for number[a] > number[b] {
			a = idom[a]
		}
		for number[b] > number[a] {
			b = idom[b]
		}
	}
	return a
}

// postorder lists the blocks that can be reached, successors first.
func postorder(fn *ir.Func) []int32 {
	var order []int32
	seen := make([]bool, len(fn.Blocks))
	type step struct {
		block int32
		next  int
	}
	stack := []step{{0, 0}}
	seen[0] = true
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		succs := fn.Blocks[top.block].Succs
		if top.next == len(succs) {
			order = append(order, top.block)
			stack = stack[:len(stack)-1]
			continue
		}
		s := succs[top.next]
		top.next++
		if !seen[s] {
			seen[s] = true
			stack = append(stack, step{s, 0})
		}
	}
	return order
}
