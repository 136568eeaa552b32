package flow

import (
	"go/token"
	"strconv"

	"github.com/soplint/soplint/internal/ir"
)

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
		v := m.arg(s, instr.Args[0])
		if (v.Kind == Unknown || v.Kind == Nil) && instr.Dynamic != "" && t.Kind == ir.Error {
			return newError(nil) // an interface that holds a pointer is not nil, whatever the pointer is
		}
		return held(v, instr.Dynamic)
	case ir.Convert:
		return convert(s.resolve(m.arg(s, instr.Args[0])), t)
	case ir.TypeAssert:
		return m.typeAssert(s, instr, t)
	case ir.Extract:
		return m.extract(s, instr, t)
	case ir.MakeClosure:
		fn := &Value{Kind: Function, Text: instr.Sym, Elems: m.args(s, instr.Args), Open: instr.CommaOk, way: s.way}
		m.armed(s.way)
		if fn.Open {
			fn.Text, fn.Elems[0] = m.implementation(s, fn.Text, fn.Elems[0])
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
		return v.part(name, t)
	case v.Kind == Unknown:
		return proof(unknown(joinName(v.Text, "."+name), t, v.Taint), name)
	}
	return unknown("", t, 0)
}

// part reads a field of a struct, or an element of an array by its place in
// brackets.
func (v *Value) part(name string, t ir.Type) *Value {
	if f := v.field(name); f != nil {
		return f
	}
	if !v.Open {
		return zeroOf(t)
	}
	return unknown(joinName(v.Text, partPath(name)), t, v.Taint&^Sent)
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
		case v.Kind == Struct:
			return v.part("["+strconv.Itoa(i)+"]", t)
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

// combine returns the taint of a result that is not known, made of the values.
func combine(values ...*Value) Taint {
	var all Taint
	hidden := false
	for _, v := range values {
		all |= v.taints()
		hidden = hidden || v.Kind == Unknown && v.Taint == 0
	}
	switch {
	case all&(Sent|Guarded) != 0, all&Proof != 0 && (hidden || all&Secret != 0):
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
	if v := compareLength(instr.Token, x, y); v != nil {
		return v
	}
	t := s.top.fn.TypeOf(instr.Type)
	if t.Kind == ir.String && instr.Token == token.ADD && (x.Kind == Str || y.Kind == Str) && depth(x) < maxSum && depth(y) < maxSum {
		return &Value{Kind: Unknown, Type: t, Taint: combine(x, y), Path: "+", Elems: []*Value{x, y}, Read: firstRead(x, y)}
	}
	if t.Kind != ir.Bool {
		// Other sums of what is not known say nothing, and a counter would never end.
		return &Value{Kind: Unknown, Type: t, Taint: combine(x, y), Read: firstRead(x, y)}
	}
	op := instr.Token.String()
	name := ""
	if isStable(x) && isStable(y) {
		name = "(" + operandName(x) + op + operandName(y) + ")"
	}
	return &Value{Kind: Unknown, Type: t, Taint: combine(x, y), Text: name, Path: op, Elems: []*Value{x, y}, Read: firstRead(x, y)}
}

// maxSum bounds the parts of a text that are kept apart.
const maxSum = 4

// depth is how deep a text is made of known and unknown parts.
func depth(v *Value) int {
	d := 0
	for _, e := range v.Elems {
		d = max(d, 1+depth(e))
	}
	return d
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
	return v.Path == newlyMade || v.Path == notNil
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
		if len(x)+len(y) <= maxText {
			return String(x + y)
		}
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
		m.comparedHost(sent, other)
		if sent.Taint&Sent == 0 || other.Taint&Sent != 0 || other.Kind != Str {
			continue
		}
		m.literal(other.Text)
		if result.True() && other.Text != "" {
			m.passed(Check{Site: s.site(instr.Pos), Text: instr.Token.String() + " " + m.quote(other.Text)})
		}
	}
}

// comparedHost notes a constant that the request's Host is compared with.
func (m *machine) comparedHost(host, other *Value) {
	if host.Kind != Str || host.Text != m.request.Host || host.Text == "" || other.Kind != Str || other.Taint != 0 || other.Text == "" || len(m.run.Hosts) >= 64 || m.seen["h"+other.Text] {
		return
	}
	m.seen["h"+other.Text] = true
	m.run.Hosts = append(m.run.Hosts, other.Text)
}

func (m *machine) literal(text string) {
	if text != "" && len(text) < 300 && len(m.run.Literals) < 64 && !m.seen["l"+text] {
		m.seen["l"+text] = true
		m.run.Literals = append(m.run.Literals, text)
	}
}

func (m *machine) passed(check Check) {
	if !m.seen["c"+check.Text] {
		m.seen["c"+check.Text] = true
		m.run.Checks = append(m.run.Checks, check)
	}
}

// held is a text that tells values, and the memory that they reach, from others.
func (s *state) held(values []*Value) string {
	var b []byte
	reached := objects{}
	for _, v := range values {
		if v != nil {
			b = append(append(b, v.Key()...), ' ')
			s.heap.reach(v, reached)
		}
	}
	return string(s.heap.appendKey(b, reached))
}
