package refusal

import (
	"fmt"
	"go/constant"
	"go/token"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// maxPlaces bounds how many places one walk visits.
const maxPlaces = 400

// A walk follows the ways that lead on from a call.
type walk struct {
	*search
	begun   bool // the refusal's body may follow
	seen    map[string]bool
	runs    ssa.CallInstruction // what the request goes on to
	handler bool                // that is a handler
	ends    bool                // a way comes to the function's end with nothing aborted
}

// known is what is known on a way: conditions by what they say, and flags.
type known struct {
	conditions map[string]bool
	values     map[ssa.Value]*ssa.Const
}

func (k known) clone() known {
	c := known{conditions: map[string]bool{}, values: map[ssa.Value]*ssa.Const{}}
	for name, truth := range k.conditions {
		c.conditions[name] = truth
	}
	for v, value := range k.values {
		c.values[v] = value
	}
	return c
}

// key is a text that tells what is known from what else may be.
func (k known) key() string {
	var parts []string
	for name, truth := range k.conditions {
		parts = append(parts, fmt.Sprint(name, truth))
	}
	for v, value := range k.values {
		parts = append(parts, v.Name()+"="+value.Name())
	}
	sort.Strings(parts)
	return strings.Join(parts, " ")
}

// walkFrom follows the ways from behind a call, which has begun to answer or is
// done with it.
func (s *search) walkFrom(call *ssa.Call, begun bool) *walk {
	w := &walk{search: s, begun: begun, seen: map[string]bool{}}
	b := call.Block()
	w.block(b, slices.Index(b.Instrs, ssa.Instruction(call))+1, w.before(b))
	return w
}

// before returns what is known at the beginning of a block, by the branches
// that every way to it has taken.
func (w *walk) before(b *ssa.BasicBlock) known {
	k := known{conditions: map[string]bool{}, values: map[ssa.Value]*ssa.Const{}}
	for ; b.Idom() != nil; b = b.Idom() {
		branch, ok := b.Idom().Instrs[len(b.Idom().Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 {
			continue
		}
		if name, negated := conditionName(branch.Cond); b.Preds[0] == b.Idom() {
			k.conditions[name] = (b.Idom().Succs[0] == b) != negated
		}
	}
	return k
}

// block follows the ways through a block from one of its instructions on.
func (w *walk) block(b *ssa.BasicBlock, first int, k known) {
	for _, instr := range b.Instrs[first:] {
		switch instr := instr.(type) {
		case *ssa.Call:
			if w.stops(instr) {
				return
			}
		case *ssa.Return:
			w.ends = true
			return
		case *ssa.Panic:
			return
		case *ssa.If:
			w.branch(b, instr, k)
			return
		case *ssa.Jump:
			w.enter(b, b.Succs[0], k)
			return
		}
	}
}

// stops reports whether a way need not be followed behind a call: the chain is
// aborted there, or the request goes on to it.
func (w *walk) stops(call *ssa.Call) bool {
	switch {
	case w.runs != nil || w.aborts(&call.Call):
		return true
	case w.isHandler(call):
		w.runs, w.handler = call, true
		return true
	case !w.begun && w.serves(call):
		w.runs = call
	}
	return false
}

func (w *walk) branch(b *ssa.BasicBlock, branch *ssa.If, k known) {
	name, negated := conditionName(branch.Cond)
	truth, decided := w.decided(branch.Cond, k)
	if !decided {
		if truth, decided = k.conditions[name]; decided {
			truth = truth != negated
		}
	}
	for i, succ := range b.Succs {
		way := i == 0
		if decided && truth != way {
			continue
		}
		next := k.clone()
		next.conditions[name] = way != negated
		w.enter(b, succ, next)
	}
}

// decided computes a condition from the flags that are known.
func (w *walk) decided(cond ssa.Value, k known) (truth, ok bool) {
	switch cond := cond.(type) {
	case *ssa.Const:
		return constant.BoolVal(cond.Value), true
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			truth, ok = w.decided(cond.X, k)
			return !truth, ok
		}
	case *ssa.BinOp:
		x, y := k.constant(cond.X), k.constant(cond.Y)
		if x == nil || y == nil || cond.Op != token.EQL && cond.Op != token.NEQ {
			return false, false
		}
		same := x.Value == nil && y.Value == nil ||
			x.Value != nil && y.Value != nil && x.Value.Kind() == y.Value.Kind() && constant.Compare(x.Value, token.EQL, y.Value)
		return same == (cond.Op == token.EQL), true
	}
	if c := k.values[cond]; c != nil && c.Value != nil {
		return constant.BoolVal(c.Value), true
	}
	return false, false
}

func (k known) constant(v ssa.Value) *ssa.Const {
	if c, ok := v.(*ssa.Const); ok {
		return c
	}
	return k.values[v]
}

// enter goes on in another block.
func (w *walk) enter(from, to *ssa.BasicBlock, k known) {
	k = k.clone()
	edge := slices.Index(to.Preds, from)
	given := map[ssa.Value]*ssa.Const{}
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		given[phi] = k.constant(phi.Edges[edge])
	}
	for phi, c := range given {
		delete(k.values, phi)
		if c != nil {
			k.values[phi] = c
		}
	}
	key := fmt.Sprint(to.Index, k.key())
	if w.seen[key] || len(w.seen) >= maxPlaces {
		return
	}
	w.seen[key] = true
	w.block(to, 0, k)
}

// conditionName names a condition so that another test of the same values has
// the same name; negated says that the name is of the opposite.
func conditionName(cond ssa.Value) (name string, negated bool) {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			name, negated = conditionName(cond.X)
			return name, !negated
		}
	case *ssa.BinOp:
		switch cond.Op {
		case token.EQL:
			return cond.X.Name() + "==" + cond.Y.Name(), false
		case token.NEQ:
			return cond.X.Name() + "==" + cond.Y.Name(), true
		}
	}
	return cond.Name(), false
}

// aborts reports whether a call keeps the handlers behind from running.
func (s *search) aborts(call *ssa.CallCommon) bool {
	if s.trace.Row("route.abort", call) != nil {
		return true
	}
	callee := call.StaticCallee()
	return callee != nil && callee.Blocks != nil && callee.Pkg == s.source.SSA && s.helper(callee).aborts
}

// isHandler reports whether a call hands the request to another handler.
func (s *search) isHandler(call *ssa.Call) bool {
	if s.trace.Row("route.next", &call.Call) != nil {
		return true
	}
	if call.Call.IsInvoke() || call.Call.StaticCallee() != nil {
		return false
	}
	if _, builtin := call.Call.Value.(*ssa.Builtin); builtin {
		return false
	}
	return s.takesAll(call.Parent(), &call.Call)
}

// takesAll reports whether a call is given the whole request, as the function
// that makes it was: its context, or its writer and request.
func (s *search) takesAll(fn *ssa.Function, call *ssa.CallCommon) bool {
	found := false
	for _, p := range fn.Params {
		if kind := s.carries(p.Type()); kind != "" {
			if !slices.Contains(call.Args, ssa.Value(p)) {
				return false
			}
			found = true
		}
	}
	return found
}

// carries says what of a request a value of that type carries: "request" or
// "response"; a context carries both and counts as the first.
func (s *search) carries(t interface{ String() string }) string {
	text := strings.TrimPrefix(t.String(), "*")
	switch {
	case text == "net/http.ResponseWriter":
		return "response"
	case s.table.Find("request", text) != nil:
		return "request"
	}
	return ""
}
