package effect

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// A node is a function of this package.
type node struct {
	Function // its summary

	fn      *ssa.Function
	sites   []site
	calls   []call
	gone    []departure
	callers []*node
	runs    int                          // how often it was summarised
	effects map[ssa.Instruction][]Effect // of its instructions, nil until somebody asks
	acting  map[ssa.Instruction]bool     // those of its instructions that have effects, likewise
	passing []string                     // what passes with it, likewise
}

// leadsOn reports whether some instruction of the function may have effects.
func (n *node) leadsOn() bool { return len(n.sites) > 0 || len(n.calls) > 0 }

// A site is an instruction that changes something by itself.
type site struct {
	instr  ssa.Instruction
	change Change
}

// A call is one that leads, or may lead, to a function with a summary.
type call struct {
	instr      ssa.Instruction
	callee     *Function
	name       string // the callee's short name, "" for closures
	args       []ssa.Value
	free       []ssa.Value // what a called closure captured
	background bool
	deferred   bool
	minor      string    // what the callee's changes are then
	sources    []Sources // what reaches each of args and free, once asked for
}

// scan finds what the instructions of a function change, and whom they call.
func (r *Result) scan(n *node) {
	if obj, ok := n.fn.Object().(*types.Func); ok {
		if spec := r.library.generated(obj); spec != nil {
			n.add(nil, r.byItself(spec, n.Name, obj)[0])
			return
		}
	}
	runs := ssax.Running(n.fn)
	for i, b := range n.fn.Blocks {
		if !runs[i] {
			continue
		}
		for _, instr := range b.Instrs {
			n.noteGone(instr)
			switch instr := instr.(type) {
			case *ssa.Store:
				r.noteWrite(n, instr, instr.Addr, instr.Val)
			case *ssa.MapUpdate:
				r.noteWrite(n, instr, instr.Map, instr.Value, instr.Key)
			case *ssa.Send:
				r.noteChannel(n, instr, instr.Chan, instr.X)
			case *ssa.Select:
				for _, state := range instr.States {
					if state.Dir == types.SendOnly {
						r.noteChannel(n, instr, state.Chan, state.Send)
					}
				}
			case *ssa.Call:
				r.noteCall(n, instr, &instr.Call)
			case *ssa.Go:
				r.noteCall(n, instr, &instr.Call)
			case *ssa.Defer:
				r.noteCall(n, instr, &instr.Call)
			}
		}
	}
	n.pairTemporaryFiles()
	n.markLeaving()
	n.Empty = emptyFields(n.fn)
}

func (n *node) add(instr ssa.Instruction, c Change) {
	switch instr.(type) {
	case *ssa.Go:
		c = inBackground(c)
	case *ssa.Defer:
		c = whenLeaving(c)
	}
	c.Call = short(c.Call, maxCall)
	n.sites = append(n.sites, site{instr, c})
}

// maxCall is how long the name of a change is at most, in bytes.
const maxCall = 60

func short(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit-len("…")], "") + "…"
}

// inBackground marks what a goroutine stores beside the work of its maker as
// bookkeeping, if it is neither destructive nor a signal.
func inBackground(c Change) Change {
	switch c.Kind {
	case Process, Channel, Memory:
	default:
		if !c.Strong && c.Minor == "" {
			c.Minor = "in the background"
		}
	}
	return c
}

func (r *Result) noteCall(n *node, instr ssa.CallInstruction, common *ssa.CallCommon) {
	if b, ok := common.Value.(*ssa.Builtin); ok {
		r.noteBuiltin(n, instr, b.Name(), common.Args)
		return
	}
	for _, arg := range common.Args {
		r.noteHandedOver(n, instr, arg)
	}
	target := r.calleeOf(n, common)
	switch {
	case target == nil:
		if isNamed(common.Value.Type(), "context", "CancelFunc") {
			r.noteChannel(n, instr, common.Value, nil) // it closes the context's channel
		}
	case target.effect != nil:
		if c, ok := r.classify(n, instr, common, target); ok {
			n.add(instr, c)
		}
	case target.callback != nil:
		r.noteCallback(n, instr, common, target.callback)
	case target.summary != nil:
		r.addCall(n, instr, target, common)
	case target.open:
		n.add(instr, r.openCall(n, target.name, common))
	}
	n.Invokes |= n.given(common.Value)
}

func (r *Result) noteBuiltin(n *node, instr ssa.Instruction, name string, args []ssa.Value) {
	switch name {
	case "delete":
		r.noteWrite(n, instr, args[0], args[1])
	case "clear":
		r.noteWrite(n, instr, args[0], nil)
	case "close":
		r.noteChannel(n, instr, args[0], nil)
	}
}

// noteHandedOver makes n a caller of functions that it hands to others: those
// may call them. The body of a loop over a function is always called.
func (r *Result) noteHandedOver(n *node, instr ssa.Instruction, v ssa.Value) {
	closure, ok := v.(*ssa.MakeClosure)
	if !ok {
		if _, isFunc := v.(*ssa.Function); !isFunc {
			return
		}
	}
	f, bound := r.functionOf(n, v)
	if f == nil {
		return
	}
	if ok && closure.Fn.(*ssa.Function).Synthetic == "range-over-func yield" {
		r.connect(n, call{instr: instr, callee: f, free: bound.free})
	} else if own := r.byName[f.Name]; own != nil {
		own.callers = append(own.callers, n)
	}
}

// given returns the parameter or captured variable that a function is, nothing
// if it is something else.
func (n *node) given(v ssa.Value) Sources {
	if _, isFunc := v.Type().Underlying().(*types.Signature); !isFunc {
		return 0
	}
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return source(n.index(v))
	case *ssa.UnOp:
		if free, ok := v.X.(*ssa.FreeVar); ok && v.Op == token.MUL {
			return source(n.index(free))
		}
	}
	return 0
}

// index returns the number of a parameter or captured variable, -1 if it is
// beyond those that are kept apart.
func (n *node) index(v ssa.Value) int {
	switch v := v.(type) {
	case *ssa.Parameter:
		for i, p := range n.fn.Params {
			if p == v && i < firstFree {
				return i
			}
		}
	case *ssa.FreeVar:
		for i, f := range n.fn.FreeVars {
			if f == v && i < firstHeld-firstFree {
				return firstFree + i
			}
		}
	}
	return -1
}

func (r *Result) addCall(n *node, instr ssa.Instruction, target *callee, common *ssa.CallCommon) {
	c := call{instr: instr, callee: target.summary, args: common.Args}
	if !strings.Contains(target.name, "$") {
		c.name = shortName(target.name)
	}
	if closure, ok := single(common.Value).(*ssa.MakeClosure); ok {
		c.free = closure.Bindings
	}
	if made, ok := instr.(*ssa.Call); ok && makesWhatIsAbsent(made) {
		c.minor = "created when absent"
	}
	r.connect(n, c)
}

// noteCallback connects n with the function that it hands to a library which
// calls it.
func (r *Result) noteCallback(n *node, instr ssa.Instruction, common *ssa.CallCommon, cb *callback) {
	args := arguments(common)
	if cb.function >= len(args) {
		return
	}
	f, bound := r.functionOf(n, args[cb.function])
	if f == nil {
		n.Invokes |= n.given(single(args[cb.function]))
		return
	}
	c := call{instr: instr, callee: f, args: bound.args, free: bound.free, background: cb.background, minor: cb.minor}
	if !strings.Contains(f.Name, "$") {
		c.name = shortName(f.Name)
	}
	r.connect(n, c)
}

func (r *Result) connect(n *node, c call) {
	switch c.instr.(type) {
	case *ssa.Go:
		c.background = true
	case *ssa.Defer:
		c.deferred = true
	}
	n.calls = append(n.calls, c)
	if own := r.byName[c.callee.Name]; own != nil {
		own.callers = append(own.callers, n)
	}
}
