package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What a handler does for as long as it runs passes with it: it adds the client to
// those that listen, and removes it when the client has gone. No other page gains
// anything by that.

// leaving says why what is changed when a function is left is bookkeeping, and
// passing why that is which is then taken back.
const (
	leaving = "when leaving"
	passing = "while it runs"
)

// whenLeaving marks what is stored when a function is left.
func whenLeaving(c Change) Change {
	if !c.Strong && c.Minor == "" && c.Kind != Process {
		c.Minor = leaving
	}
	return c
}

// noteGone looks for instructions that wait until the client has gone.
func (n *node) noteGone(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.ARROW && tellsOfTheEnd(instr.X) {
			n.gone = append(n.gone, departure{instr.Block(), instr.Pos()})
		}
	case *ssa.Select:
		for i, state := range instr.States {
			if state.Dir == types.RecvOnly && tellsOfTheEnd(state.Chan) {
				n.gone = append(n.gone, caseOf(instr, i)...)
			}
		}
	}
}

// A departure is where it is known that the client has gone: in the blocks that a
// block dominates, and in itself behind a place, NoPos for all of it.
type departure struct {
	block *ssa.BasicBlock
	after token.Pos
}

// tellsOfTheEnd reports whether a channel is that of a context, which is closed when
// the request ends, or a response's for that.
func tellsOfTheEnd(channel ssa.Value) bool {
	call, ok := single(channel).(*ssa.Call)
	if !ok || !call.Call.IsInvoke() {
		return false
	}
	return call.Call.Method.Name() == "Done" && isContext(call.Call.Value.Type()) ||
		call.Call.Method.Name() == "CloseNotify" && isNamed(call.Call.Value.Type(), "net/http", "CloseNotifier")
}

// caseOf returns where a select goes on that has chosen its i-th case: it is compared
// with the numbers of the cases one after the other.
func caseOf(choice *ssa.Select, i int) []departure {
	var at []departure
	for _, ref := range *choice.Referrers() {
		chosen, ok := ref.(*ssa.Extract)
		if !ok || chosen.Index != 0 {
			continue
		}
		for _, ref := range *chosen.Referrers() {
			compared, ok := ref.(*ssa.BinOp)
			if !ok || compared.Op != token.EQL || !isNumber(compared.Y, i) {
				continue
			}
			for _, ref := range *compared.Referrers() {
				if branch, ok := ref.(*ssa.If); ok {
					at = append(at, departure{block: branch.Block().Succs[0]})
				}
			}
		}
	}
	return at
}

func isNumber(v ssa.Value, i int) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Int && c.Int64() == int64(i)
}

// leaves reports whether an instruction runs only when the client has gone.
func (n *node) leaves(instr ssa.Instruction) bool {
	return slices.ContainsFunc(n.gone, func(d departure) bool {
		if d.block == instr.Block() {
			return d.after < instr.Pos()
		}
		return d.block.Dominates(instr.Block())
	})
}

// markLeaving marks what happens when the client has gone.
func (n *node) markLeaving() {
	if len(n.gone) == 0 {
		return
	}
	for i := range n.sites {
		if s := &n.sites[i]; s.instr != nil && n.leaves(s.instr) {
			s.change = whenLeaving(s.change)
		}
	}
	for i := range n.calls {
		n.calls[i].deferred = n.calls[i].deferred || n.leaves(n.calls[i].instr)
	}
}

// removes reports whether a write to memory takes away what is there: it deletes or
// clears, stores what is zero, or joins what stands before and behind.
func removes(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		return isEmpty(instr.Val) || isCut(instr.Val)
	case *ssa.MapUpdate:
		return isEmpty(instr.Value)
	case ssa.CallInstruction:
		_, isBuiltin := instr.Common().Value.(*ssa.Builtin)
		return isBuiltin
	}
	return false
}

// isEmpty reports whether v is the constant that a variable has which nothing was
// stored to.
func isEmpty(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	if ok && c.Value != nil && c.Value.Kind() == constant.Bool {
		return !constant.BoolVal(c.Value)
	}
	return isZero(v)
}

// isCut understands append(list[:i], list[i+1:]...).
func isCut(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok || len(call.Call.Args) != 2 {
		return false
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" {
		return false
	}
	before, ok := call.Call.Args[0].(*ssa.Slice)
	behind, ok2 := call.Call.Args[1].(*ssa.Slice)
	return ok && ok2 && before.High != nil && behind.Low != nil
}

// markPassing marks as bookkeeping what of the changes of a function passes with it, and
// returns their places, sorted: memory that is changed back when it is left, channels
// of what is told by another channel then, and what only changes then.
func markPassing(changes []Change) []string {
	if !slices.ContainsFunc(changes, func(c Change) bool { return c.Minor == leaving }) {
		return nil
	}
	var places []string
	for i := range changes {
		c := &changes[i]
		switch {
		case c.Kind != Memory && c.Kind != Channel || c.Open != "":
		case c.Minor == leaving:
			if !slices.ContainsFunc(changes, func(other Change) bool { return other.changesToo(*c) && other.Minor == "" }) {
				places = append(places, c.Call)
			}
		case c.Minor == "" && slices.ContainsFunc(changes, c.isTakenBackBy):
			c.Minor = passing
			places = append(places, c.Call)
		}
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// changesToo reports whether two changes are of the same place.
func (c Change) changesToo(other Change) bool {
	return c.Kind == other.Kind && c.Root == other.Root && c.Call == other.Call
}

// isTakenBackBy reports whether another change takes back what this one does: it
// empties the same place, or sends the like on another channel of the same struct.
func (c Change) isTakenBackBy(other Change) bool {
	if other.Minor != leaving || c.Kind != other.Kind {
		return false
	}
	if c.Kind == Channel {
		holder, _, isField := strings.Cut(c.Call, ".")
		otherHolder, _, _ := strings.Cut(other.Call, ".")
		return isField && c.Root == other.Root && c.Call != other.Call && holder == otherHolder && c.Sends == other.Sends
	}
	return other.Removes && c.changesToo(other)
}

// Passes reports whether what a call in a function changes passes with the function:
// it is taken back when the function is left.
func (r *Result) Passes(function string, e Effect) bool {
	if e.Kind != Memory && e.Kind != Channel {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Contains(r.passingWith(function), e.Call)
}

// passingWith returns what passes with a function. Of those of this package it is known,
// too, what methods of interfaces change.
func (r *Result) passingWith(function string) []string {
	n := r.byName[function]
	if n == nil || !n.leadsOn() {
		if f := r.function(function); f != nil {
			return f.Passing
		}
		return nil
	}
	if n.passing == nil {
		all := slices.Concat(slices.Collect(maps.Values(r.changesIn(n)))...)
		n.passing = append([]string{}, markPassing(r.resolve(all, 0))...)
	}
	return n.passing
}
