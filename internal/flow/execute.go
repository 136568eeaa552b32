package flow

import (
	"go/token"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// execute runs one instruction.
func (m *machine) execute(s *state, instr *ir.Instr) {
	switch instr.Op {
	case ir.Jump:
		m.jump(s, 0)
	case ir.If:
		m.branch(s, instr)
	case ir.Return:
		m.ret(s, instr)
	case ir.Panic:
		s.done = true
	case ir.Call, ir.Invoke, ir.CallValue:
		m.call(s, instr)
	case ir.Go:
		m.escapeAll(s, m.args(s, instr.Args))
		if instr.Sym != "" && !instr.CommaOk {
			m.escape(s, &Value{Kind: Function, Text: instr.Sym})
		}
		s.set(instr, noValue)
	case ir.Defer:
		s.top.defers = append(slices.Clone(s.top.defers), m.deferred(s, instr))
		s.top.pc++
	case ir.Send, ir.Phi:
		s.top.pc++
	default:
		if !m.executeMemory(s, instr) {
			s.set(instr, m.compute(s, instr))
		}
	}
}

// compute returns the result of an instruction that only computes.
func (m *machine) compute(s *state, instr *ir.Instr) *Value {
	t := s.top.fn.TypeOf(instr.Type)
	switch instr.Op {
	case ir.BinOp:
		return m.binary(s, instr)
	case ir.UnOp:
		return m.unary(s, instr, t)
	case ir.Copy:
		m.converted(s, instr)
		return held(m.arg(s, instr.Args[0]), instr.Dynamic)
	case ir.Convert:
		return convert(s.resolve(m.arg(s, instr.Args[0])), t)
	case ir.TypeAssert:
		return m.typeAssert(s, instr, t)
	case ir.Extract:
		return m.extract(s, instr, t)
	case ir.MakeClosure:
		fn := &Value{Kind: Function, Text: instr.Sym, Elems: m.args(s, instr.Args), Open: instr.CommaOk}
		if fn.Open {
			m.apply(s, instr, instr.Sym, fn.Elems) // a method value is called by whoever gets it
		}
		return fn
	case ir.Field:
		return m.field(s, instr, t)
	case ir.Index:
		return m.index(s, m.arg(s, instr.Args[0]), m.arg(s, instr.Args[1]), t)
	case ir.MakeSlice:
		if length := m.arg(s, instr.Args[0]); length.Kind == Int && length.Int == 0 {
			return &Value{Kind: List}
		}
	}
	return m.fresh(s, instr, t, 0)
}

// held is v with the type that it has in an interface.
func held(v *Value, dynamic string) *Value {
	if dynamic == "" || v.Dynamic == dynamic {
		return v
	}
	c := *v
	c.Dynamic = dynamic
	return &c
}

// fresh returns an unknown value named after the instruction that makes it.
func (m *machine) fresh(s *state, instr *ir.Instr, t ir.Type, taint Taint) *Value {
	name := s.objectName(instr)
	s.renew(name)
	return unknown(name, t, taint)
}

// objectName names what the instruction makes in this call.
func (s *state) objectName(instr *ir.Instr) string {
	return s.top.fn.Name + s.top.id + ":" + strconv.Itoa(int(instr.Dst))
}

func convert(v *Value, t ir.Type) *Value {
	switch {
	case v.Kind == Str && (t.Kind == ir.String || t.Kind == ir.Bytes):
		return v
	case v.Kind == Int && t.Kind == ir.Int, v.Kind == Nil, v.Kind == Native, v.Kind == Pointer:
		return v
	case v.Kind == Int && t.Kind == ir.String:
		return &Value{Kind: Str, Text: string(rune(v.Int)), Taint: v.Taint, Read: v.Read}
	case v.Kind == Unknown:
		c := *v
		c.Type, c.key = t, ""
		return &c
	}
	return join(v, noValue)
}

func (m *machine) typeAssert(s *state, instr *ir.Instr, t ir.Type) *Value {
	v := m.arg(s, instr.Args[0])
	if !instr.CommaOk {
		return v
	}
	ok := m.fresh(s, instr, ir.Type{Kind: ir.Bool}, v.Taint&^Sent)
	if v.Kind == Str {
		ok = boolValue(instr.Sym == "" || instr.Sym == "string")
	}
	return &Value{Kind: Tuple, Elems: []*Value{v, ok}}
}

func (m *machine) extract(s *state, instr *ir.Instr, t ir.Type) *Value {
	tuple := m.arg(s, instr.Args[0])
	if tuple.Kind == Tuple && int(instr.Index) < len(tuple.Elems) {
		v := tuple.Elems[instr.Index]
		if v.Kind == Unknown && v.Type == (ir.Type{}) {
			c := *v
			c.Type, c.key = t, ""
			return &c
		}
		return v
	}
	return m.fresh(s, instr, t, tuple.Taint&^Sent)
}

func (m *machine) field(s *state, instr *ir.Instr, t ir.Type) *Value {
	v := m.arg(s, instr.Args[0])
	name := shortField(instr.Sym)
	switch {
	case v.Kind == Struct:
		if f := v.field(name); f != nil {
			return f
		}
		if !v.Open {
			return zeroOf(t)
		}
		return unknown(joinName(v.Text, "."+name), t, v.Taint&^Sent)
	case v.Kind == Unknown:
		return unknown(joinName(v.Text, "."+name), t, v.Taint)
	}
	return unknown("", t, 0)
}

// joinName names a part of what name names; parts of the nameless have no name.
func joinName(name, part string) string {
	if name == "" {
		return ""
	}
	return name + part
}

func (m *machine) index(s *state, v, index *Value, t ir.Type) *Value {
	if index.Kind == Int {
		i := int(index.Int)
		switch {
		case v.Kind == Str && i >= 0 && i < len(v.Text):
			return &Value{Kind: Int, Int: int64(v.Text[i]), Taint: v.Taint, Read: v.Read}
		case v.Kind == List && i >= 0 && i < len(v.Elems):
			return v.Elems[i]
		}
	}
	return unknown("", t, combine(v, index))
}

// unary computes !x, -x, ^x and receives from channels.
func (m *machine) unary(s *state, instr *ir.Instr, t ir.Type) *Value {
	v := s.resolve(m.arg(s, instr.Args[0]))
	switch {
	case instr.Token == token.NOT && v.Kind == Bool:
		return withTaint(boolValue(v.Int == 0), v.Taint, v.Read)
	case instr.Token == token.SUB && v.Kind == Int:
		return &Value{Kind: Int, Int: -v.Int, Taint: v.Taint}
	case instr.Token == token.NOT && v.Kind == Unknown:
		return &Value{Kind: Unknown, Type: t, Taint: v.Taint, Text: joinName(v.Text, "!"), Path: "!", Elems: []*Value{v}, Read: v.Read}
	case instr.Token == token.ARROW:
		return m.fresh(s, instr, t, 0)
	}
	return unknown("", t, v.Taint&^Sent)
}

// branch goes the way that the condition says, or both where it is not known.
func (m *machine) branch(s *state, instr *ir.Instr) {
	if to := m.engine.shapeOf(s.top.fn).over[s.top.block]; to >= 0 {
		m.pass(s, to)
		return
	}
	given := m.arg(s, instr.Args[0])
	cond := s.resolve(given)
	if cond.Kind == Bool {
		m.ask(s, given)
		m.jump(s, int(1-cond.Int))
		return
	}
	who := attacker
	switch {
	case cond.Taint&(Sent|Guarded) != 0:
		who = guard
	case cond.Taint&(Asked|Secret) != 0:
		who = asked
	case cond.Taint&(Chosen|Input) == 0 && configured(cond):
		who = configure
	}
	reg := instr.Args[0]
	arm := func(truth bool) func(*state) {
		return func(s *state) {
			if reg >= 0 {
				s.top.regs[reg] = boolValue(truth)
			}
			m.assumeCondition(s, cond, truth)
			m.jump(s, map[bool]int{true: 0, false: 1}[truth])
		}
	}
	m.ask(s, cond)
	if m.iterates(s, instr, cond) {
		who = attacker // a list is as long as it is
	}
	m.run.nodes[s.node].about = cond
	m.fork(s, who, instr, arm(true), arm(false))
}

// ask notes that the condition at the end of the current block is about v.
func (m *machine) ask(s *state, v *Value) {
	if v.Kind != Unknown {
		return
	}
	if v.Text != "" && isStable(v) {
		if m.asked[v.Text] == nil {
			m.asked[v.Text] = map[string]bool{}
		}
		m.asked[v.Text][s.top.fn.Name+" "+strconv.Itoa(int(s.top.block))] = true
	}
	for _, e := range v.Elems {
		m.ask(s, e)
	}
}

// iterates reports whether a condition is that of a loop that counts to an
// unknown bound. The counter is unknown from then on: one round stands for all.
func (m *machine) iterates(s *state, instr *ir.Instr, cond *Value) bool {
	switch cond.Path {
	case "<", "<=", ">", ">=", "!=":
	default:
		return false
	}
	counts := false
	block := &s.top.fn.Blocks[s.top.block]
	for i := range block.Instrs {
		made := &block.Instrs[i]
		if made.Op != ir.BinOp || ir.Operand(made.Dst) != instr.Args[0] {
			continue
		}
		for _, o := range made.Args {
			if o >= 0 && m.arg(s, o).Kind == Int && m.arg(s, o).Taint == 0 {
				s.top.regs[o] = unknown("", ir.Type{Kind: ir.Int}, 0)
				counts = true
			} else if o >= 0 && m.arg(s, o).Kind == Unknown && m.arg(s, o).Text == "" && m.arg(s, o).Type.Kind == ir.Int && m.arg(s, o).Taint == 0 {
				counts = true
			}
		}
	}
	return counts
}

// configured reports whether an unknown condition is about how the program is
// set up: about what its functions and variables were given, or an answer that
// does not depend on the request. Whether some operation fails is neither: a
// request that runs into an error can be sent again.
func configured(v *Value) bool {
	for _, e := range v.Elems {
		if e.Kind == Unknown && e.Type.Kind == ir.Error {
			return false
		}
	}
	if v.Kind == Unknown && len(v.Elems) == 0 {
		return isSetting(v.Text) || v.Type.Kind == ir.Bool || v.Type.Kind == ir.String
	}
	return slices.ContainsFunc(v.Elems, func(e *Value) bool { return e.Kind == Unknown && configured(e) })
}

// isSetting reports whether the name is one of a parameter, a captured
// variable or a package variable.
func isSetting(name string) bool {
	return strings.HasPrefix(name, "p:") || strings.HasPrefix(name, "f:") || strings.HasPrefix(name, globalPrefix)
}

// assumeCondition takes what a condition was made of for known.
func (m *machine) assumeCondition(s *state, cond *Value, truth bool) {
	m.assume(s, cond, boolValue(truth))
	if len(cond.Elems) == 0 {
		return
	}
	switch cond.Path {
	case "!":
		m.assumeCondition(s, cond.Elems[0], !truth)
	case "==", "!=":
		if truth != (cond.Path == "==") {
			return
		}
		x, y := cond.Elems[0], cond.Elems[1]
		if y.Known() {
			m.assume(s, x, y)
		} else if x.Known() {
			m.assume(s, y, x)
		}
	}
}

// combine returns the taint of a result that is not known, made of the values.
func combine(values ...*Value) Taint {
	var all Taint
	hidden := false
	for _, v := range values {
		all |= v.taints()
		hidden = hidden || v.Kind == Unknown && v.Taint == 0
	}
	switch {
	case all&(Sent|Guarded) != 0:
		return Guarded
	case all&Secret != 0, all&Input != 0 && hidden:
		return Secret
	case all&Asked != 0:
		return Asked
	}
	return all
}

func (m *machine) binary(s *state, instr *ir.Instr) *Value {
	x, y := s.resolve(m.arg(s, instr.Args[0])), s.resolve(m.arg(s, instr.Args[1]))
	if v := operate(instr.Token, x, y); v != nil {
		m.compared(s, instr, x, y, v)
		return v
	}
	t := s.top.fn.TypeOf(instr.Type)
	if t.Kind != ir.Bool {
		// Sums of what is not known say nothing, and a counter would never end.
		return &Value{Kind: Unknown, Type: t, Taint: combine(x, y), Read: firstRead(x, y)}
	}
	op := instr.Token.String()
	name := ""
	if isStable(x) && isStable(y) {
		name = "(" + operandName(x) + op + operandName(y) + ")"
	}
	return &Value{Kind: Unknown, Type: t, Taint: combine(x, y), Text: name, Path: op, Elems: []*Value{x, y}, Read: firstRead(x, y)}
}

func operandName(v *Value) string {
	if v.Kind == Unknown {
		return v.Text
	}
	return v.Key()
}

// operate computes x op y, nil where that is not known.
func operate(op token.Token, x, y *Value) *Value {
	taint := (x.Taint | y.Taint) & Sent
	done := func(v *Value) *Value { return withTaint(v, taint, firstRead(x, y)) }
	switch op {
	case token.EQL, token.NEQ:
		if same, known := equal(x, y); known {
			return done(boolValue(same == (op == token.EQL)))
		}
		return nil
	}
	switch {
	case x.Kind == Int && y.Kind == Int:
		if v := operateInts(op, x.Int, y.Int); v != nil {
			return done(v)
		}
	case x.Kind == Str && y.Kind == Str:
		if v := operateStrings(op, x.Text, y.Text); v != nil {
			return done(v)
		}
	case x.Kind == Bool && y.Kind == Bool:
		switch op {
		case token.AND:
			return done(boolValue(x.Int&y.Int == 1))
		case token.OR:
			return done(boolValue(x.Int|y.Int == 1))
		}
	}
	return nil
}

// equal compares two values; known is false where the answer is not.
func equal(x, y *Value) (same, known bool) {
	switch {
	case x.Known() && y.Known() && x.Kind == y.Kind:
		return x.Int == y.Int && x.Text == y.Text, true
	case x.Kind == Nil && isSomething(y), y.Kind == Nil && isSomething(x):
		return false, true
	case x.Kind == List && y.Kind == Nil, x.Kind == Nil && y.Kind == List:
		return len(x.Elems)+len(y.Elems) == 0, len(x.Elems)+len(y.Elems) > 0
	}
	return false, false
}

// isSomething reports whether v is known not to be nil.
func isSomething(v *Value) bool {
	switch v.Kind {
	case Str, Bool, Int, Function, Pointer, Struct, Native, Cell:
		return true
	}
	return false
}

func operateInts(op token.Token, x, y int64) *Value {
	switch op {
	case token.ADD:
		return intValue(x + y)
	case token.SUB:
		return intValue(x - y)
	case token.LSS:
		return boolValue(x < y)
	case token.LEQ:
		return boolValue(x <= y)
	case token.GTR:
		return boolValue(x > y)
	case token.GEQ:
		return boolValue(x >= y)
	}
	return nil
}

func operateStrings(op token.Token, x, y string) *Value {
	switch op {
	case token.ADD:
		return String(x + y)
	case token.LSS:
		return boolValue(x < y)
	case token.LEQ:
		return boolValue(x <= y)
	case token.GTR:
		return boolValue(x > y)
	case token.GEQ:
		return boolValue(x >= y)
	}
	return nil
}

// compared records a comparison of request data with a constant.
func (m *machine) compared(s *state, instr *ir.Instr, x, y, result *Value) {
	for _, pair := range [][2]*Value{{x, y}, {y, x}} {
		sent, other := pair[0], pair[1]
		if sent.Taint&Sent == 0 || other.Taint&Sent != 0 || other.Kind != Str {
			continue
		}
		m.literal(other.Text)
		if result.True() && other.Text != "" {
			m.passed(s, instr.Pos, quoteCheck(instr.Token, other.Text))
		}
	}
}

func quoteCheck(op token.Token, literal string) string {
	return op.String() + " " + strconv.Quote(literal)
}

func (m *machine) literal(text string) {
	if text != "" && len(text) < 300 && len(m.run.Literals) < 64 && !m.seen["l"+text] {
		m.seen["l"+text] = true
		m.run.Literals = append(m.run.Literals, text)
	}
}

func (m *machine) passed(s *state, pos token.Pos, text string) {
	if !m.seen["c"+text] {
		m.seen["c"+text] = true
		m.run.Checks = append(m.run.Checks, Check{Site: s.site(pos), Text: text})
	}
}

// ret returns to the calling frame, or ends the path at the root.
//
// Without an instruction, the path is taken to come to a return later, with
// nothing that matters before it.
func (m *machine) ret(s *state, instr *ir.Instr) {
	var operands []ir.Operand
	var pos token.Pos
	if instr != nil {
		operands, pos = instr.Args, instr.Pos
	}
	if n := len(s.top.defers); n > 0 {
		c := s.top.defers[n-1]
		s.top.defers = s.top.defers[:n-1]
		m.runDeferred(s, c)
		return
	}
	results := m.args(s, operands)
	for i, v := range results {
		results[i] = s.resolve(v)
	}
	if s.top.up == nil {
		m.applyLiterals(s)
		event := &Event{Kind: Returned, Site: s.site(pos), Args: results}
		if ir.IsInitializer(s.top.fn) {
			event.memory = s.heap.fork()
		}
		m.event(s, event)
		m.escapeAll(s, results)
		s.done = true
		return
	}
	caller := s.top.up.copy()
	s.top = caller
	call := &caller.fn.Blocks[caller.block].Instrs[caller.pc]
	if call.Op != ir.Return { // else the call was deferred, and there may be more
		s.set(call, pack(results))
	}
}

// runDeferred runs a call that was put off.
func (m *machine) runDeferred(s *state, c callee) {
	for _, row := range m.engine.Table.Lookup(c.name) {
		if _, done := m.play(s, c.instr, row, c.args); done {
			return
		}
	}
	if !m.follow(s, c) {
		m.escapeAll(s, append([]*Value{c.value}, c.args...))
	}
}

// deferred is the call that a defer statement puts off.
func (m *machine) deferred(s *state, instr *ir.Instr) callee {
	call := *instr
	call.Op = ir.CallValue
	if instr.CommaOk {
		call.Op = ir.Invoke
	} else if instr.Sym != "" {
		call.Op = ir.Call
	}
	c := m.callee(s, &call)
	c.instr = &call
	if c.value == nil {
		c.value = noValue
	}
	return c
}

// pack is the value of a call with these results.
func pack(results []*Value) *Value {
	if len(results) == 1 {
		return results[0]
	}
	return &Value{Kind: Tuple, Elems: results}
}

func (m *machine) event(s *state, e *Event) {
	e.Calls = s.calls()
	if e.memory != nil {
		e.held = s.held(append(slices.Clone(e.Args), e.Value))
	}
	e.Response = map[string]*Value{}
	if o := s.heap.objects[responseObject]; o != nil {
		for name, v := range o.cells {
			e.Response[name] = v
		}
	}
	m.run.Events = append(m.run.Events, e)
	n := &m.run.nodes[s.node]
	n.events = append(n.events, e)
}

// held is a text that tells values, and the memory that they reach, from others.
func (s *state) held(values []*Value) string {
	var b []byte
	reached := map[string]bool{}
	for _, v := range values {
		if v != nil {
			b = append(append(b, v.Key()...), ' ')
			s.heap.reach(v, reached)
		}
	}
	return string(s.heap.appendKey(b, reached))
}

// canonical is the form in which net/http keeps header names.
func canonical(name string) string { return textproto.CanonicalMIMEHeaderKey(name) }

func isHeaderName(name string) bool {
	return len(name) > 2 && len(name) < 60 && !strings.ContainsAny(name, " \t:/{}")
}
