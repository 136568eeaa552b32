package flow

import (
	"maps"
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
}

func (m *machine) callee(s *state, instr *ir.Instr) callee {
	args := m.args(s, instr.Args)
	for i, v := range args {
		args[i] = s.resolve(v)
	}
	if instr.Op == ir.Invoke && args[0].Kind == Function && m.engine.Table.Find("handler.func", args[0].Dynamic) != nil {
		return calleeOf(args[0], args[1:]) // the method of a function type calls the function
	}
	if instr.Op != ir.CallValue {
		name := instr.Sym
		if instr.Op == ir.Invoke {
			name = m.implementation(name, args[0])
		}
		return callee{name: name, args: args}
	}
	return calleeOf(args[0], args[1:])
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
// to, if it is known what the interface holds; else the interface's.
func (m *machine) implementation(method string, receiver *Value) string {
	if receiver.Dynamic == "" {
		return method
	}
	name := "(" + receiver.Dynamic + ")" + method[strings.LastIndexByte(method, '.'):]
	if m.engine.Code.Func(name) == nil && m.engine.Table.Lookup(name) == nil && natives[name] == nil {
		return method
	}
	return name
}

// call runs a call: by what a model says of the function, by computing it, by
// following it into its code, or by forgetting what it may have changed.
func (m *machine) call(s *state, instr *ir.Instr) {
	c := m.callee(s, instr)
	if strings.HasPrefix(c.name, "builtin.") {
		s.set(instr, m.builtin(s, instr, c))
		return
	}
	m.handOver(s, instr, c.args)
	for _, row := range m.engine.Table.Lookup(c.name) {
		if v, done := m.play(s, instr, row, c.args); done {
			s.set(instr, v)
			return
		}
	}
	if native := natives[c.name]; native != nil {
		if v := native(c.args); v != nil {
			m.computed(s, instr, c, v)
			s.set(instr, withTaint(v, taintOf(c.args)&Sent, firstRead(c.args...)))
			return
		}
	}
	if m.follow(s, c) {
		return
	}
	s.set(instr, m.opaque(s, instr, c))
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
	if v.True() || v.Kind == Int && v.Int >= 0 {
		m.passed(s, instr.Pos, describeCall(c, literals))
	}
}

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

// describeCall renders a call with what is known of its arguments.
func describeCall(c callee, literals []string) string {
	name := shortCall(c.name)
	if len(literals) == 0 {
		return name + "(origin)"
	}
	return name + "(origin, " + strconv.Quote(literals[0]) + ")"
}

// play does what the row's role says; done is false for roles that are not
// about calls.
func (m *machine) play(s *state, instr *ir.Instr, row *model.Row, args []*Value) (result *Value, done bool) {
	switch {
	case applies(row):
		if row.Arg("options") != "convert" && !m.engine.isHome(row) {
			m.configure(s, instr, row, args)
		}
		return nil, false
	case strings.HasSuffix(row.Role, ".option"):
		return m.option(s, instr, row, args), true
	case strings.HasSuffix(row.Role, ".preset"):
		return m.makePreset(s, instr, row, args), true
	case row.Role == "ws.origin":
		return m.parsedOrigin(s, instr, row), true
	}
	args = withoutReceiver(row.Symbol, args)
	switch row.Role {
	case "header.get":
		return m.getHeader(s, instr, row, args)
	case "header.set", "header.add":
		m.setHeader(s, instr, row, args)
		return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), 0), true
	case "header.del":
		if key := at(args, row, "key"); key != nil && key.Kind == Str && strings.EqualFold(key.Text, "Origin") {
			s.heap.store(requestObject, "origin", nilValue)
		}
		if key := at(args, row, "key"); key != nil && key.Kind == Str {
			s.heap.store(responseObject, strings.ToLower(key.Text), nilValue)
		}
		return noValue, true
	case "request.get":
		if v := m.requestPart(s, row.Arg("is"), instr); v != nil {
			return v, true
		}
	case "secret":
		if s.deepTaint(args)&^Chosen != 0 {
			return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), Guarded), true
		}
		return nil, false
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

func (m *machine) getHeader(s *state, instr *ir.Instr, row *model.Row, args []*Value) (*Value, bool) {
	name := row.Arg("name")
	if name == "" {
		key := at(args, row, "key")
		if key == nil || key.Kind != Str {
			return unknown("", s.top.fn.TypeOf(instr.Type), 0), true
		}
		name = key.Text
	}
	if row.Arg("list") != "" || s.top.fn.TypeOf(instr.Type).Kind == ir.Strings {
		return m.headerList(s, instr, name), true
	}
	v := m.header(s, instr, name)
	if def := at(args, row, "default"); def != nil && isEmpty(v) && def.Kind == List && len(def.Elems) > 0 {
		return def.Elems[0], true
	}
	return v, true
}

func (m *machine) setHeader(s *state, instr *ir.Instr, row *model.Row, args []*Value) {
	key, value := at(args, row, "key"), at(args, row, "value")
	if name := row.Arg("name"); name != "" {
		key = String(name)
	}
	if key == nil || value == nil || key.Kind != Str {
		return
	}
	m.writeHeader(s, instr, key.Text, value, row.Role == "header.add")
}

// writeHeader sets a header of the response and records that it was.
func (m *machine) writeHeader(s *state, instr *ir.Instr, name string, v *Value, add bool) {
	name = strings.ToLower(name)
	if v.Kind == List && len(v.Elems) == 1 {
		v = v.Elems[0]
	}
	if !m.engine.tracks(name) {
		return
	}
	old := s.heap.load(responseObject, name)
	if add && old != nil && old.Kind != Nil {
		v = &Value{Kind: Tuple, Elems: []*Value{old, v}}
	}
	if old != nil && old.Key() == v.Key() {
		return // written before; that place is the one to mend
	}
	named := s.named(name, instr)
	given := *v
	given.Set = &named
	s.heap.store(responseObject, name, &given)
	m.event(s, &Event{Kind: HeaderWrite, Site: s.site(instr.Pos), Named: named, Key: name, Value: v})
}

// named returns where the code names a header: in the innermost function that
// has the name as a constant. For set(w, "Vary", v), with a set of the program's
// own, that is the call of set.
func (s *state) named(header string, instr *ir.Instr) Site {
	at := instr.Pos
	for f := s.top; f != nil; f = f.up {
		if f != s.top {
			at = f.fn.Blocks[f.block].Instrs[f.pc].Pos
		}
		for i := range f.fn.Consts {
			if c := &f.fn.Consts[i]; c.Kind == ir.StringConst && strings.EqualFold(c.Text, header) && at.IsValid() {
				return Site{f.fn, at}
			}
		}
	}
	return s.site(instr.Pos)
}

// follow goes on in the code of the callee, if that can matter.
func (m *machine) follow(s *state, c callee) bool {
	if c.name == "" || s.top.depth >= maxDepth {
		return false
	}
	code := m.engine.Code.Func(c.name)
	if code == nil || len(code.Blocks) == 0 || s.calling(c.name) || !m.worth(s, code, c) {
		return false
	}
	m.run.Called[c.name] = true
	m.suspend(s)
	m.enter(s, code, c)
	return true
}

// enter goes on at the beginning of code.
func (m *machine) enter(s *state, code *ir.Func, c callee) {
	f := newFrame(code, s.top)
	for i := range code.Params {
		if i < len(c.args) {
			f.regs[i] = c.args[i]
		}
	}
	bind(f, code, c.bindings)
	s.top = f
}

func (s *state) calling(name string) bool {
	for f := s.top; f != nil; f = f.up {
		if f.fn.Name == name {
			return true
		}
	}
	return false
}

// Functions that do not touch anything that is reported on are followed for
// their result if they are small: up to smallFunc instructions whatever they
// get, up to largeFunc if they get something of the request.
const (
	smallFunc = 60
	largeFunc = 600
)

func (m *machine) worth(s *state, code *ir.Func, c callee) bool {
	if m.engine.Code.Touches(c.name) || slices.ContainsFunc(c.args, m.callsBack) {
		return true
	}
	if m.coarse {
		return code.Size() <= smallFunc/2 && s.deepTaint(c.args)&(Sent|Guarded) != 0 && len(code.Results) > 0
	}
	size := code.Size()
	if len(code.Results) == 0 {
		return size <= smallFunc && !m.engine.keeps(c.name, maxDepth) && (s.deepTaint(c.args)&(Sent|Guarded) != 0 || m.holdsRequest(c.args))
	}
	return size <= smallFunc || size <= largeFunc && (s.deepTaint(c.args)&(Sent|Guarded) != 0 || m.holdsRequest(c.args))
}

// callsBack reports whether v is a function that touches something that is
// reported on.
func (m *machine) callsBack(v *Value) bool {
	return v.Kind == Function && m.engine.Code.Touches(v.Text)
}

// suspend drops what the top frame does not read behind the call that it
// makes. Other paths may share the frame, so it is copied.
func (m *machine) suspend(s *state) {
	f := *s.top
	kept := make([]*Value, len(f.regs))
	from := f.pc
	if f.fn.Blocks[f.block].Instrs[f.pc].Op == ir.Return {
		from-- // a deferred call: the results are still to be returned
	}
	for _, r := range f.fn.LiveAfter(f.block, from) {
		kept[r] = f.regs[r]
	}
	f.regs = kept
	s.top = &f
}

// holdsRequest reports whether an argument holds the request.
func (m *machine) holdsRequest(args []*Value) bool {
	for _, v := range args {
		if v.Kind == Unknown && m.engine.Table.Find("request", v.Type.Name) != nil {
			return true
		}
	}
	return false
}

// deepTaint returns the taints of values and of what they point to.
func (s *state) deepTaint(values []*Value) Taint {
	var taint Taint
	reached := map[string]bool{}
	for _, v := range values {
		taint |= v.taints()
		s.heap.reach(v, reached)
	}
	for name := range reached {
		for _, v := range s.heap.objects[name].cells {
			taint |= v.taints()
		}
	}
	return taint
}

// opaque is a call of code that is not known. What it gets of the request it
// may check, so results that depend on it are guards; what it gets an address
// of it may change.
func (m *machine) opaque(s *state, instr *ir.Instr, c callee) *Value {
	taint := s.deepTaint(c.args)
	if c.value != nil {
		taint |= s.deepTaint([]*Value{c.value})
	}
	results := make([]*Value, len(instr.Results))
	name := s.objectName(instr)
	s.renew(name)
	request := m.holdsRequest(c.args) && !m.isEnvironment(c)
	for i, index := range instr.Results {
		t := s.top.fn.TypeOf(index)
		results[i] = unknown(name+"#"+strconv.Itoa(i), t, opaqueTaint(taint, t, request))
		if results[i].Taint == Asked && c.value != nil {
			results[i].Taint = Guarded // a function that somebody set for the purpose
		}
		results[i].Read = firstRead(c.args...)
		results[i].Label = labelOf(c)
	}
	m.escapeAll(s, c.args)
	if m.isSetter(instr, c) {
		return c.args[0]
	}
	if m.isOtherOption(s, instr, c) {
		return zeroStruct
	}
	for _, v := range c.args {
		m.forget(s, instr, v, taint)
	}
	return pack(results)
}

// shortCall names a call for reports: package.Function or Type.Method.
func shortCall(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	return strings.NewReplacer("(*", "", "(", "", ")", "").Replace(name)
}

// labelOf names what a call returned, for reports.
func labelOf(c callee) string {
	name := shortCall(c.name)
	if name != "" && len(c.args) > 0 && c.args[0].Kind == Str && c.args[0].Taint == 0 && len(c.args[0].Text) < 30 {
		name += "(" + strconv.Quote(c.args[0].Text) + ")"
	}
	return name
}

// isOtherOption reports whether a call makes a functional option of a modelled
// library that has no row: it sets nothing of interest.
func (m *machine) isOtherOption(s *state, instr *ir.Instr, c callee) bool {
	if len(instr.Results) != 1 || c.name == "" || !m.engine.Table.HasPrefix(packageOf(c.name)+".") {
		return false
	}
	return s.top.fn.TypeOf(instr.Results[0]).Kind == ir.Function
}

// isSetter reports whether a call is of a method of a modelled configuration
// that returns its receiver: a setter of a chain that says nothing of interest.
func (m *machine) isSetter(instr *ir.Instr, c callee) bool {
	end := strings.LastIndexByte(c.name, ')')
	if !strings.HasPrefix(c.name, "(*") || end < 0 || len(instr.Results) != 1 || len(c.args) == 0 {
		return false
	}
	return m.engine.Table.HasPrefix(c.name[:end+1]) && c.args[0].Kind == Pointer
}

// isEnvironment reports whether a call is of a function value whose type, the
// models say, says nothing about where a request came from.
func (m *machine) isEnvironment(c callee) bool {
	return c.value != nil && m.engine.Table.Find("environment", c.value.Type.Name) != nil
}

func opaqueTaint(taint Taint, t ir.Type, request bool) Taint {
	switch {
	case taint&(Sent|Guarded) != 0:
		return Guarded
	case taint&Secret != 0:
		return Secret
	case request && t.Kind == ir.Bool, taint&Asked != 0:
		return Asked
	}
	return taint & (Chosen | Input)
}

// forget drops what is known of an object that other code may have changed. The
// functions that the models know change what the models say, and no more.
func (m *machine) forget(s *state, instr *ir.Instr, v *Value, taint Taint) {
	if m.engine.Table.Lookup(instr.Sym) != nil || m.engine.keeps(instr.Sym, maxDepth) {
		return
	}
	if v.Kind == Pointer && strings.HasPrefix(v.Text, madeHere) {
		s.heap.store(v.Text, v.Path, &Value{Kind: Unknown, Taint: opaqueTaint(taint, ir.Type{}, false) &^ (Chosen | Input | Asked)})
	}
}

// keeps reports whether code that is known does not write to what its
// parameters point to, itself or through what it calls with them.
func (e *Engine) keeps(name string, depth int) bool {
	if known, done := e.kept[name]; done {
		return known
	}
	if e.kept == nil {
		e.kept = map[string]bool{}
	}
	e.kept[name] = false // for functions that come back to themselves
	e.kept[name] = e.keepsWhatItGets(name, depth)
	return e.kept[name]
}

func (e *Engine) keepsWhatItGets(name string, depth int) bool {
	fn := e.Code.Func(name)
	if fn == nil || len(fn.Blocks) == 0 || depth == 0 {
		return false
	}
	given := map[ir.Operand]bool{}
	for i := range len(fn.Params) + len(fn.Free) {
		given[ir.Operand(i)] = true
	}
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			instr := &fn.Blocks[b].Instrs[i]
			switch instr.Op {
			case ir.FieldAddr, ir.IndexAddr, ir.Load, ir.Copy, ir.Field, ir.Slice:
				given[ir.Operand(instr.Dst)] = given[instr.Args[0]]
			case ir.Store, ir.MapUpdate:
				if given[instr.Args[0]] {
					return false
				}
			case ir.Call:
				if e.passesOn(instr, given) && !e.keeps(instr.Sym, depth-1) && e.Code.Func(instr.Sym) != nil {
					return false
				}
			}
		}
	}
	return true
}

// passesOn reports whether a call gets something that the function was given.
func (e *Engine) passesOn(call *ir.Instr, given map[ir.Operand]bool) bool {
	return slices.ContainsFunc(call.Args, func(o ir.Operand) bool { return given[o] })
}

// escapeAll records the closures among values and in what they hold.
func (m *machine) escapeAll(s *state, values []*Value) {
	reached := map[string]bool{}
	for _, v := range values {
		m.escape(s, v)
		s.heap.reach(v, reached)
	}
	// In a fixed order, so that the closures come in the same order on every run.
	for _, name := range slices.Sorted(maps.Keys(reached)) {
		cells := s.heap.objects[name].cells
		for _, path := range slices.Sorted(maps.Keys(cells)) {
			m.escape(s, cells[path])
		}
	}
}

// maxContexts bounds the memories with which one closure is kept.
const maxContexts = 6

func (m *machine) escape(s *state, v *Value) {
	if v.Kind == Function && m.escaped[v.Text] < maxContexts && m.engine.Code.Func(v.Text) != nil {
		reached := map[string]bool{}
		s.heap.reach(v, reached)
		key := string(s.heap.appendKey([]byte("f"+v.Key()), reached))
		if !m.seen[key] {
			m.seen[key] = true
			m.escaped[v.Text]++
			m.run.Closures = append(m.run.Closures, Closure{Name: v.Text, Bound: v.Open, Bindings: v.Elems, memory: s.heap.fork(), key: key})
		}
		m.event(s, &Event{Kind: Escaped, Key: v.Text, held: key})
		for i := range m.run.Closures {
			if c := &m.run.Closures[i]; c.key == key && c.Event == nil {
				c.Event = m.run.Events[len(m.run.Events)-1]
			}
		}
	}
	for _, e := range v.Elems {
		m.escape(s, e)
	}
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
	case "builtin.delete":
		if c.args[0].Kind == Pointer {
			s.heap.writable(c.args[0].Text).open = true
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
		if o := s.heap.objects[v.Text]; o != nil && !o.open {
			return intValue(int64(len(s.heap.entries(v.Text))))
		}
	}
	return s.resolve(unknown(joinName(v.Text, "#len"), t, combine(v)))
}
