package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// arguments returns the arguments of a call, the receiver of a method first.
func arguments(common *ssa.CallCommon) []ssa.Value {
	if common.IsInvoke() {
		return append([]ssa.Value{common.Value}, common.Args...)
	}
	return common.Args
}

// byItself returns the effect of a library function whatever it is called with.
// The function may be nil.
func (r *Result) byItself(s *spec, name string, fn *types.Func) []Change {
	if s.reads || s.request >= 0 {
		return nil
	}
	c := Change{Kind: s.kind, Call: short(shortName(name), maxCall), Strong: s.strong, Minor: s.minor}
	if fn == nil {
		return []Change{c}
	}
	shift := 0
	if fn.Signature().Recv() != nil {
		shift = 1
	}
	for i := range fn.Signature().Params().Len() {
		if s.takes(i+shift) && !isContext(fn.Signature().Params().At(i).Type()) {
			c.From |= source(i + shift)
		}
	}
	return []Change{c}
}

// classify returns what a call of a function with an effect changes.
func (r *Result) classify(n *node, instr ssa.CallInstruction, common *ssa.CallCommon, target *callee) (Change, bool) {
	s := target.effect
	args := arguments(common)
	c := Change{Kind: s.kind, Call: shortName(target.name), Strong: s.strong, Minor: s.minor}
	t := r.trace(n, s.valuesOf(args)...)
	if s.chain && len(args) > 0 {
		t.from |= r.traceChain(n, args[0])
	}
	c.From = t.from
	if c.Minor == "" && t.origin == "temporary file" {
		c.Minor = t.origin
	}
	if c.Minor == "" && c.Kind == Files && t.cached {
		c.Minor = "cache"
	}
	if !r.decide(n, instr.Block(), s, args, &c) {
		return c, false
	}
	if c.Minor == "" {
		c.Minor = r.minorArguments(n, s, args, c.Strong)
	}
	if c.Minor == "" && !c.Strong && c.From == 0 && discardsError(instr, common) {
		c.Minor = "result ignored"
	}
	return c, true
}

// takes reports whether the value of an argument counts.
func (s *spec) takes(i int) bool {
	return slices.Contains(s.values, i) || s.valueFrom >= 0 && i >= s.valueFrom
}

// valuesOf returns the arguments whose values count.
func (s *spec) valuesOf(args []ssa.Value) []ssa.Value {
	var values []ssa.Value
	for i, arg := range args {
		if _, isFunc := arg.Type().Underlying().(*types.Signature); isFunc {
			continue
		}
		if s.takes(i) {
			values = append(values, arg)
		}
	}
	return values
}

// traceChain traces the arguments of the calls that built a receiver:
// db.Where("id = ?", id).Delete(&User{}).
func (r *Result) traceChain(n *node, receiver ssa.Value) Sources {
	var from Sources
	for range 12 {
		built, ok := single(receiver).(*ssa.Call)
		if !ok {
			return from
		}
		args := arguments(&built.Call)
		if len(args) == 0 {
			return from
		}
		from |= r.trace(n, args[1:]...).from
		receiver = args[0]
	}
	return from
}

// decide looks at the argument that says what the call does, and reports
// whether it changes anything.
func (r *Result) decide(n *node, block *ssa.BasicBlock, s *spec, args []ssa.Value, c *Change) bool {
	pick := func(i int) ssa.Value {
		if i >= 0 && i < len(args) {
			return args[i]
		}
		return nil
	}
	switch {
	case s.kind == Memory && s.target >= 0:
		root, name, ok := r.root(n, pick(s.target))
		if !ok || root == rootLocal {
			return false
		}
		c.Root, c.Call = root, name
		if c.Minor == "" {
			c.Minor = keptThing(name)
		}
	case s.flags >= 0:
		return writes(pick(s.flags))
	case s.code >= 0:
		if code, ok := pick(s.code).(*ssa.Const); ok && code.Int64() != 0 && c.Minor == "" && (afterError(block) || writesLines(block.Parent().Signature)) {
			c.Minor = "failure"
		}
	case s.signal >= 0:
		return !isZero(pick(s.signal))
	case s.process >= 0:
		r.decideProcess(n, pick(s.process), c)
	case s.sql >= 0 && s.reads:
		return r.decideText(n, Query, pick(s.sql), c)
	case s.sql >= 0:
		return r.decideText(n, SQL, pick(s.sql), c)
	case s.command >= 0:
		return r.decideText(n, Command, pick(s.command), c)
	case s.request >= 0:
		return r.decideText(n, Method, pick(s.request), c)
	}
	if expiry := pick(s.expiry); expiry != nil && c.Minor == "" && !isZero(expiry) {
		c.Minor = "expiry"
	}
	return true
}

// afterError reports whether a block runs only where an error was found.
func afterError(b *ssa.BasicBlock) bool {
	for range maxDominators {
		up := b.Idom()
		if up == nil {
			return false
		}
		if branch, ok := up.Instrs[len(up.Instrs)-1].(*ssa.If); ok && len(up.Succs[0].Preds) == 1 && up.Succs[0].Dominates(b) {
			cond, ok := branch.Cond.(*ssa.BinOp)
			if ok && cond.Op == token.NEQ && isZero(cond.Y) && isError(cond.X.Type()) {
				return true
			}
		}
		b = up
	}
	return false
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// writes reports whether flags of os.OpenFile, if they are known, open a file
// for writing: O_WRONLY is 1 and O_RDWR 2 on every system that Go runs on
// (syscall/zerrors_*.go, syscall/types_windows.go, syscall/const_plan9.go).
func writes(flags ssa.Value) bool {
	c, ok := flags.(*ssa.Const)
	return ok && c.Value != nil && c.Int64()&3 != 0
}

// isZero reports whether v is the constant 0 or nil, behind conversions.
func isZero(v ssa.Value) bool {
	c, ok := single(v).(*ssa.Const)
	if !ok {
		return false
	}
	if c.Value == nil {
		return true
	}
	i, exact := constant.Int64Val(constant.ToInt(c.Value))
	return exact && i == 0 && c.Value.Kind() == constant.Int
}

// discardsError reports whether a call returns an error that nobody looks at.
func discardsError(instr ssa.CallInstruction, common *ssa.CallCommon) bool {
	call, ok := instr.(*ssa.Call)
	if !ok || len(*call.Referrers()) > 0 {
		return false
	}
	results := common.Signature().Results()
	return results.Len() > 0 && isError(results.At(results.Len()-1).Type())
}
