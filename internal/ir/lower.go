package ir

import (
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// Lower adds the code of fn to p and returns it.
func (p *Program) Lower(fn *ssa.Function) *Func {
	name := p.names.Of(fn)
	if f := p.Funcs[name]; f != nil {
		return f
	}
	f := &Func{Name: name, Pos: fn.Pos(), program: p}
	p.Funcs[name] = f
	l := newLowerer(p, f)
	l.signature(fn)
	l.number(fn)
	f.Blocks = make([]Block, len(fn.Blocks))
	runs := ssax.Running(fn)
	for i, b := range fn.Blocks {
		if runs[i] {
			l.block(&f.Blocks[i], b)
		}
	}
	f.Regs = int(l.next)
	computeLiveness(f)
	return f
}

func newLowerer(p *Program, f *Func) *lowerer {
	return &lowerer{program: p, fn: f, regs: map[ssa.Value]int32{}, consts: map[Const]Operand{}}
}

type lowerer struct {
	program *Program
	fn      *Func
	regs    map[ssa.Value]int32
	consts  map[Const]Operand
	next    int32
	global  *ssa.Global // the variable whose initializer is lowered; it is register 0
}

func (l *lowerer) signature(fn *ssa.Function) {
	for _, param := range fn.Params {
		l.fn.Params = append(l.fn.Params, Param{Name: param.Name(), Type: l.typ(param.Type())})
		l.assign(param)
	}
	for _, free := range fn.FreeVars {
		l.fn.Free = append(l.fn.Free, Free{Name: free.Name(), Type: l.typ(free.Type())})
		l.assign(free)
	}
	l.fn.Results = l.results(fn.Signature)
	if outer := fn.Parent(); outer != nil {
		l.fn.Outer = l.program.names.Of(outer)
	}
}

func (l *lowerer) results(sig *types.Signature) []int32 {
	var results []int32
	for i := range sig.Results().Len() {
		results = append(results, l.typ(sig.Results().At(i).Type()))
	}
	return results
}

func (l *lowerer) assign(v ssa.Value) {
	l.regs[v] = l.next
	l.next++
}

func (l *lowerer) number(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if v, ok := instr.(ssa.Value); ok {
				l.assign(v)
			}
		}
	}
}

func (l *lowerer) block(out *Block, b *ssa.BasicBlock) {
	for _, p := range b.Preds {
		out.Preds = append(out.Preds, int32(p.Index))
	}
	for _, s := range b.Succs {
		out.Succs = append(out.Succs, int32(s.Index))
	}
	out.Instrs = make([]Instr, 0, len(b.Instrs))
	for _, instr := range b.Instrs {
		if choice, ok := instr.(*ssa.Select); ok {
			l.sends(out, choice)
		}
		l.append(out, instr)
	}
}

// sends lowers what a select statement may send, before what it chooses.
func (l *lowerer) sends(out *Block, choice *ssa.Select) {
	for _, state := range choice.States {
		if state.Dir == types.SendOnly {
			sent := Instr{Dst: -1, Pos: choice.Pos()}
			l.fill(&sent, Send, state.Chan, state.Send)
			out.Instrs = append(out.Instrs, sent)
		}
	}
}

func (l *lowerer) append(out *Block, instr ssa.Instruction) {
	lowered := Instr{Op: Other, Dst: -1, Pos: instr.Pos()}
	if v, ok := instr.(ssa.Value); ok {
		lowered.Dst = l.regs[v]
		lowered.Type = l.typ(v.Type())
	}
	if l.instr(&lowered, instr) {
		out.Instrs = append(out.Instrs, lowered)
	}
}

// placeOf is where a condition stands. What is read from memory has no place of its
// own.
func placeOf(cond ssa.Value) token.Pos {
	if read, ok := cond.(*ssa.UnOp); ok && read.Op == token.MUL && !read.Pos().IsValid() {
		return read.X.Pos()
	}
	return cond.Pos()
}

// instr fills in what instr does; it reports whether the engine needs it.
func (l *lowerer) instr(out *Instr, instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Call:
		l.call(out, &instr.Call)
	case *ssa.Go:
		l.call(out, &instr.Call)
		out.Op = l.beside(out, Go)
	case *ssa.Defer:
		l.call(out, &instr.Call)
		out.Op = l.beside(out, Defer)
	case *ssa.Phi:
		l.fill(out, Phi, instr.Edges...)
	case *ssa.If:
		l.fill(out, If, instr.Cond)
		out.Pos = placeOf(instr.Cond)
	case *ssa.Jump:
		out.Op = Jump
	case *ssa.Return:
		l.fill(out, Return, instr.Results...)
	case *ssa.Panic:
		l.fill(out, Panic, instr.X)
	case *ssa.Send:
		l.fill(out, Send, instr.Chan, instr.X)
	case *ssa.BinOp:
		l.fill(out, BinOp, instr.X, instr.Y)
		out.Token = instr.Op
	case *ssa.Extract:
		l.fill(out, Extract, instr.Tuple)
		out.Index = int32(instr.Index)
	case *ssa.DebugRef, *ssa.RunDefers:
		return false
	default:
		if !l.memory(out, instr) {
			l.conversion(out, instr)
		}
	}
	return true
}

// beside gives a call that runs at another time its operation, and keeps the
// static callee or method in Sym.
func (l *lowerer) beside(out *Instr, op Op) Op {
	out.CommaOk = out.Op == Invoke
	return op
}

func (l *lowerer) memory(out *Instr, instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Alloc:
		out.Op = Alloc
		out.Sym = strconv.Itoa(int(out.Dst))
	case *ssa.Store:
		l.fill(out, Store, instr.Addr, instr.Val)
		out.Type = l.typ(instr.Val.Type())
	case *ssa.FieldAddr:
		l.fill(out, FieldAddr, instr.X)
		out.Sym = l.program.fieldName(instr.X.Type(), instr.Field)
	case *ssa.Field:
		l.fill(out, Field, instr.X)
		out.Sym = l.program.fieldName(instr.X.Type(), instr.Field)
	case *ssa.IndexAddr:
		l.fill(out, IndexAddr, instr.X, instr.Index)
	case *ssa.Index:
		l.fill(out, Index, instr.X, instr.Index)
	case *ssa.Lookup:
		l.fill(out, Lookup, instr.X, instr.Index)
		out.CommaOk = instr.CommaOk
		out.Sym = l.program.Types[l.typ(instr.X.Type())].Name
	case *ssa.MapUpdate:
		l.fill(out, MapUpdate, instr.Map, instr.Key, instr.Value)
		out.Type = l.typ(instr.Value.Type())
		out.Sym = l.program.Types[l.typ(instr.Map.Type())].Name
	case *ssa.MakeMap:
		out.Op = MakeMap
	case *ssa.MakeSlice:
		l.fill(out, MakeSlice, instr.Len)
	case *ssa.Slice:
		l.slice(out, instr)
	case *ssa.Range:
		l.fill(out, Range, instr.X)
		out.Sym = l.program.Types[l.typ(instr.X.Type())].Name
	case *ssa.Next:
		l.fill(out, Next, instr.Iter)
	default:
		return false
	}
	return true
}

func (l *lowerer) slice(out *Instr, instr *ssa.Slice) {
	out.Op = Slice
	unbounded := l.constant(Const{Kind: NilConst})
	low, high := unbounded, unbounded
	if instr.Low != nil {
		low = l.operand(instr.Low)
	}
	if instr.High != nil {
		high = l.operand(instr.High)
	}
	out.Args = []Operand{l.operand(instr.X), low, high}
}

func (l *lowerer) conversion(out *Instr, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		l.fill(out, UnOp, instr.X)
		out.Token = instr.Op
		out.CommaOk = instr.CommaOk
		if instr.Op == token.MUL {
			out.Op = Load
		}
	case *ssa.MakeClosure:
		l.closure(out, instr)
	case *ssa.MakeInterface:
		l.fill(out, Copy, instr.X)
		out.Dynamic = dynamicType(instr.X.Type())
	case *ssa.ChangeInterface:
		l.fill(out, Copy, instr.X)
	case *ssa.ChangeType:
		l.fill(out, Copy, instr.X)
		out.Sym = out.typeName(l.program)
	case *ssa.Convert:
		l.fill(out, Convert, instr.X)
	case *ssa.MultiConvert:
		l.fill(out, Convert, instr.X)
	case *ssa.SliceToArrayPointer:
		l.fill(out, Copy, instr.X)
	case *ssa.TypeAssert:
		l.fill(out, TypeAssert, instr.X)
		out.CommaOk = instr.CommaOk
		out.Sym = l.program.Types[l.typ(instr.AssertedType)].Name
	}
}

// closure names the method itself where the closure is a bound method, as in
// allowed.MatchString: the binding is then its receiver.
func (l *lowerer) closure(out *Instr, instr *ssa.MakeClosure) {
	l.fill(out, MakeClosure, instr.Bindings...)
	fn := instr.Fn.(*ssa.Function)
	out.Sym = l.program.names.Of(fn)
	out.CommaOk = strings.HasSuffix(fn.Name(), "$bound")
}

func (l *lowerer) fill(out *Instr, op Op, values ...ssa.Value) {
	out.Op = op
	out.Args = make([]Operand, len(values))
	for i, v := range values {
		out.Args[i] = l.operand(v)
	}
}

func (l *lowerer) call(out *Instr, call *ssa.CallCommon) {
	out.Results = l.results(call.Signature())
	if out.Pos == token.NoPos {
		out.Pos = call.Pos()
	}
	switch callee := call.Value.(type) {
	case *ssa.Builtin:
		l.fill(out, Call, call.Args...)
		out.Sym = "builtin." + callee.Name()
		return
	case *ssa.Function:
		if !call.IsInvoke() {
			l.fill(out, Call, call.Args...)
			out.Sym = l.program.names.Of(callee)
			return
		}
	}
	l.fill(out, CallValue, append([]ssa.Value{call.Value}, call.Args...)...)
	if call.IsInvoke() {
		out.Op = Invoke
		out.Sym = ssax.FullName(call.Method.Origin())
	}
}

func (l *lowerer) operand(v ssa.Value) Operand {
	switch v := v.(type) {
	case *ssa.Const:
		return l.constant(constantOf(v))
	case *ssa.Global:
		if v == l.global {
			return 0
		}
		return l.constant(Const{Kind: GlobalConst, Text: v.Pkg.Pkg.Path() + "." + v.Name()})
	case *ssa.Function:
		return l.constant(Const{Kind: FuncConst, Text: l.program.names.Of(v)})
	}
	if reg, ok := l.regs[v]; ok {
		return Operand(reg)
	}
	return l.constant(Const{Kind: OtherConst})
}

func (l *lowerer) constant(c Const) Operand {
	o, ok := l.consts[c]
	if !ok {
		l.fn.Consts = append(l.fn.Consts, c)
		o = Operand(-len(l.fn.Consts))
		l.consts[c] = o
	}
	return o
}

func constantOf(c *ssa.Const) Const {
	if c.Value == nil {
		if _, isStruct := c.Type().Underlying().(*types.Struct); isStruct {
			return Const{Kind: ZeroConst}
		}
		if _, isArray := c.Type().Underlying().(*types.Array); isArray {
			return Const{Kind: ZeroConst}
		}
		return Const{Kind: NilConst}
	}
	switch c.Value.Kind() {
	case constant.String:
		return Const{Kind: StringConst, Text: constant.StringVal(c.Value)}
	case constant.Bool:
		if constant.BoolVal(c.Value) {
			return Const{Kind: BoolConst, Int: 1}
		}
		return Const{Kind: BoolConst}
	case constant.Int:
		if n, exact := constant.Int64Val(c.Value); exact {
			return Const{Kind: IntConst, Int: n}
		}
	}
	return Const{Kind: OtherConst, Text: c.Value.ExactString()}
}

func (l *lowerer) typ(t types.Type) int32 { return l.program.internType(TypeOf(t)) }
