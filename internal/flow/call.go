package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// A callee is what an instruction calls.
type callee struct {
	name     string // "" for a function value that is not known
	bindings []*Value
	value    *Value // the function value, for calls of one
	args     []*Value
	instr    *ir.Instr // the call, where it was deferred

	statement *ir.Instr // which deferred it
}

func (m *machine) callee(s *state, instr *ir.Instr) callee {
	args := m.args(s, instr.Args)
	for i, v := range args {
		args[i] = s.resolve(v)
	}
	if instr.Op != ir.CallValue && len(args) > 0 && args[0].Kind == Function && m.isHandlerFunc(instr, args[0]) {
		return calleeOf(args[0], args[1:]) // the method of a function type calls the function
	}
	if instr.Op != ir.CallValue {
		name := instr.Sym
		if instr.Op == ir.Invoke {
			name, args[0] = m.implementation(s, name, args[0])
		}
		return callee{name: name, args: args}
	}
	return calleeOf(args[0], args[1:])
}

// isHandlerFunc reports whether a call is of the method of a function type whose
// only method calls the function.
func (m *machine) isHandlerFunc(instr *ir.Instr, fn *Value) bool {
	name := fn.Dynamic
	if instr.Op == ir.Call {
		name = receiverType(instr.Sym)
	}
	return m.engine.Table.Find("handler.func", name) != nil
}

// receiverType returns the type in the name of a method with a value receiver.
func receiverType(method string) string {
	name, _, found := strings.Cut(strings.TrimPrefix(method, "("), ").")
	if !found {
		return ""
	}
	return name
}

// calleeOf is a call of a function value.
func calleeOf(fn *Value, args []*Value) callee {
	if fn.Kind != Function {
		return callee{value: fn, args: args}
	}
	if fn.Open { // a bound method: its binding is the receiver
		return callee{name: fn.Text, value: fn, args: append(append([]*Value(nil), fn.Elems...), args...)}
	}
	return callee{name: fn.Text, value: fn, bindings: fn.Elems, args: args}
}

// implementation returns the method that a call of an interface's method comes
// to, and its receiver, if it is known what the interface holds; else the interface's.
func (m *machine) implementation(s *state, method string, receiver *Value) (string, *Value) {
	if receiver.Dynamic == "" {
		return method, receiver
	}
	own := method[strings.LastIndexByte(method, '.'):]
	if name := "(" + receiver.Dynamic + ")" + own; m.isKnown(name) {
		return name, receiver
	}
	if pointed, isPointer := strings.CutPrefix(receiver.Dynamic, "*"); isPointer && m.isKnown("("+pointed+")"+own) {
		return "(" + pointed + ")" + own, m.pointed(s, receiver)
	}
	return method, receiver
}

// isKnown reports whether code or models say what a function does.
func (m *machine) isKnown(name string) bool {
	return m.engine.Code.Func(name) != nil || m.engine.Table.Lookup(name) != nil || natives[name] != nil
}

// pointed is what a pointer points to: a method with a value receiver is given it, too
// (https://go.dev/ref/spec#Method_sets).
func (m *machine) pointed(s *state, pointer *Value) *Value {
	address := *pointer
	address.Dynamic, address.key = "", ""
	return m.load(s, &address, ir.Type{Kind: ir.Struct, Name: strings.TrimPrefix(pointer.Dynamic, "*")})
}

// call runs a call: by what a model says of the function, by computing it, by
// following it into its code, or by forgetting what it may have changed.
func (m *machine) call(s *state, instr *ir.Instr) {
	c := m.callee(s, instr)
	if strings.HasPrefix(c.name, "builtin.") {
		s.set(instr, m.builtin(s, instr, c))
		return
	}
	if instr.Op != ir.Call && (m.engine.Code.Func(c.name) != nil || m.engine.Table.Lookup(c.name) != nil) {
		m.run.Resolved[s.site(instr.Pos)] = true
	}
	m.handOver(s, instr, c.args)
	if c.name == nextHandler {
		m.event(s, &Event{Kind: Next, Site: s.site(instr.Pos), Origin: s.overwritten(incoming)})
	}
	if m.route(s, instr, c) {
		return
	}
	before := len(m.run.Events)
	for _, row := range m.engine.Table.Lookup(c.name) {
		if v, done := m.play(s, instr, row, c.args); done {
			s.set(instr, v)
			return
		}
	}
	if v, done := m.build(s, instr, c); done {
		s.set(instr, v)
		return
	}
	if v := callNative(c.name, c.args); v != nil {
		m.computed(s, instr, c, v)
		s.set(instr, withTaint(v, taintOf(c.args)&Sent, firstRead(c.args...)))
		return
	}
	if m.follow(s, c) || m.recognise(s, instr, c) {
		return
	}
	if m.engine.Watch != nil && m.engine.Watch(c.name) && taintOf(c.args)&Proof == 0 { // what is given a proof judges it
		m.changed(s, instr, c.name, c.args)
	}
	m.around(s, c)
	result := m.opaque(s, instr, c).madeBy(m.run.Events[before:])
	s.set(instr, m.protect(s, instr, c, result))
}

// madeBy is the result of a call that applies a configuration, if it is one.
func (v *Value) madeBy(events []*Event) *Value {
	for _, e := range events {
		if e.Kind == Configured && v.Kind == Unknown {
			c := *v
			c.Made = e
			return &c
		}
	}
	return v
}

func taintOf(values []*Value) Taint {
	var taint Taint
	for _, v := range values {
		taint |= v.taints()
	}
	return taint
}

// computed records what a native test of request data says.
func (m *machine) computed(s *state, instr *ir.Instr, c callee, v *Value) {
	if taintOf(c.args)&Sent == 0 {
		return
	}
	var literals []string
	for _, arg := range c.args {
		literals = append(literals, literalsIn(arg)...)
	}
	for _, text := range literals {
		m.literal(text)
	}
	m.literal(separators[c.name])
	if v.True() || v.Kind == Int && v.Int >= 0 {
		check := Check{Site: s.site(instr.Pos), Text: m.describeCall(c, literals), Kind: checkKinds[c.name]}
		if check.Kind != OtherCheck && len(literals) == 1 {
			check.Subject, check.Literal = sentText(c.args), literals[0]
		}
		m.passed(check)
	}
}

// separators are the texts without which a function that parts its argument fails.
var separators = map[string]string{"net.SplitHostPort": ":"}

// literalsIn returns the constants in a value that was not sent.
func literalsIn(v *Value) []string {
	switch {
	case v.Taint&Sent != 0:
		return nil
	case v.Kind == Str, v.Kind == Native:
		return []string{v.Text}
	}
	var texts []string
	for _, e := range v.Elems {
		texts = append(texts, literalsIn(e)...)
	}
	return texts
}

// sentText returns the first text among the arguments that was sent.
func sentText(args []*Value) string {
	for _, v := range args {
		if v.Kind == Str && v.Taint&Sent != 0 {
			return v.Text
		}
	}
	return ""
}

// describeCall renders a call with what is known of its arguments.
func (m *machine) describeCall(c callee, literals []string) string {
	name := shortCall(c.name)
	if len(literals) == 0 {
		return name + "(origin)"
	}
	return name + "(origin, " + m.quote(literals[0]) + ")"
}

// play does what the row's role says; done is false for roles that are not
// about calls.
func (m *machine) play(s *state, instr *ir.Instr, row *model.Row, args []*Value) (result *Value, done bool) {
	switch {
	case applies(row):
		if row.Arg("options") != "convert" && !m.engine.isHome(row) {
			m.configure(s, instr, row, args)
		}
		if dynamic := row.Arg("makes"); dynamic != "" {
			handler := *m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), 0)
			handler.Dynamic, handler.key = dynamic, ""
			return &handler, true
		}
		return nil, false
	case strings.HasSuffix(row.Role, ".option"):
		return m.option(s, instr, row, args), true
	case strings.HasSuffix(row.Role, ".preset"):
		return m.makePreset(s, instr, row, args), true
	case row.Role == "ws.origin":
		return m.parsedOrigin(s, instr, row), true
	}
	all := args
	args = withoutReceiver(row.Symbol, args)
	m.overwrites(s, row, all)
	switch row.Role {
	case "header.get":
		return m.getHeader(s, instr, row, args)
	case "header.set", "header.add":
		m.setHeader(s, instr, row, args)
		return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), 0), true
	case "request.set", "request.del":
		return noValue, true
	case "header.del":
		if key := at(args, row, "key"); key != nil && key.Kind == Str {
			s.heap.store(responseObject, strings.ToLower(key.Text), nilValue)
		}
		return noValue, true
	case "request.get":
		if v := m.requestPart(s, row.Arg("is"), instr); v != nil {
			v = parameter(v, args)
			if v.Taint&Input != 0 && namesProof(args) {
				return withTaint(v, Proof, nil), true
			}
			return v, true
		}
	case "context.set":
		m.putBeside(s, row, args)
		return nil, false
	case "context.get":
		return m.takenBeside(s, instr, row, args)
	case "handler.wrap":
		if handler := at(args, row, "handler"); handler != nil {
			return handler, true
		}
	case "middleware.list":
		return m.gatherMiddleware(s, row, all)
	case "secret":
		if s.deepTaint(args)&^Chosen != 0 {
			return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), Guarded), true
		}
		return nil, false
	case "csrf.check":
		if m.request.Method != "GET" && m.request.Method != "HEAD" {
			return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), Guarded), true
		}
	case "body.reader", "body.copy", "body.read", "body.decode", "body.bind", "body.value":
		return m.readBody(s, instr, row, all)
	case "setting":
		if len(args) == 1 && args[0].Kind == Str && args[0].Taint == 0 {
			name := shortCall(row.Symbol) + "(" + strconv.Quote(args[0].Text) + ")"
			return unknown(settingPrefix+name, s.top.fn.TypeOf(instr.Type), 0), true
		}
	case "setting.default":
		return m.flagOf(s, instr, args, at(args, row, "value"))
	case "type.is":
		return m.isType(instr, at(args, row, "extension"))
	case "error.result":
		if row.Arg("merges") == "" || slices.ContainsFunc(args, func(v *Value) bool { return v.Kind == Native }) {
			return newError(nil), true
		}
	case "environment":
		// The function's result does not depend on what the page sends.
		return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), 0), true
	}
	return nil, false
}

// withoutReceiver leaves the receiver out of a method's arguments.
func withoutReceiver(symbol string, args []*Value) []*Value {
	if strings.HasPrefix(symbol, "(") && len(args) > 0 {
		return args[1:]
	}
	return args
}

// at returns the argument whose position the row gives under that name.
func at(args []*Value, row *model.Row, name string) *Value {
	i, err := strconv.Atoi(row.Arg(name))
	if err != nil || i < 0 || i >= len(args) {
		return nil
	}
	return args[i]
}

func (m *machine) builtin(s *state, instr *ir.Instr, c callee) *Value {
	t := s.top.fn.TypeOf(instr.Type)
	switch c.name {
	case "builtin.len":
		return m.length(s, c.args[0], t)
	case "builtin.append":
		if len(c.args) == 2 && isList(c.args[0]) && isList(c.args[1]) {
			elems := append(append([]*Value(nil), c.args[0].Elems...), c.args[1].Elems...)
			return &Value{Kind: List, Elems: elems}
		}
		return unknown("", t, combine(c.args...))
	case "builtin.close":
		m.wrote(s, instr, c.args...)
	case "builtin.delete", "builtin.clear":
		m.wrote(s, instr, c.args...)
		if m.isHeaders(c.args[0]) && (c.name == "builtin.clear" || c.args[1].Kind == Str && c.args[1].Text == "Origin") {
			m.overwrite(s, c.args[0], nilValue)
		}
		if c.args[0].Kind == Pointer {
			o := s.heap.writable(c.args[0].Text)
			o.open, o.filled = true, false
		}
	}
	return m.fresh(s, instr, t, combine(c.args...))
}

func isList(v *Value) bool { return v.Kind == List || v.Kind == Nil }

func (m *machine) length(s *state, v *Value, t ir.Type) *Value {
	switch v.Kind {
	case Str:
		return &Value{Kind: Int, Int: int64(len(v.Text)), Taint: v.Taint, Read: v.Read}
	case List, Nil:
		return &Value{Kind: Int, Int: int64(len(v.Elems)), Taint: v.Taint}
	case Pointer:
		if o := s.heap.object(v.Text); o != nil && !o.open {
			return intValue(int64(len(s.heap.entries(v.Text))))
		}
	}
	length := unknown(joinName(v.Text, "#len"), t, combine(v))
	length.Label = v.Label
	if o := s.heap.object(v.Text); v.Path == hasElements || v.Kind == Pointer && v.Path == "" && o != nil && o.filled {
		length.Path = hasElements
	}
	return s.resolve(length)
}
