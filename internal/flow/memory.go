package flow

import (
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/web"
)

// executeMemory runs an instruction that reads or writes memory; it reports
// whether the instruction is one.
func (m *machine) executeMemory(s *state, instr *ir.Instr) bool {
	switch instr.Op {
	case ir.Alloc, ir.MakeMap:
		name := madeHere + s.objectName(instr)
		s.heap.reset(name)
		m.noteLiteral(s, instr, name)
		s.set(instr, &Value{Kind: Pointer, Text: name})
	case ir.Load:
		addr := m.arg(s, instr.Args[0])
		s.set(instr, s.located(addr, m.load(s, addr, s.top.fn.TypeOf(instr.Type))))
	case ir.Store:
		m.store(s, instr, m.arg(s, instr.Args[0]), s.resolve(m.arg(s, instr.Args[1])))
		s.top.pc++
	case ir.FieldAddr:
		s.set(instr, m.fieldAddr(s, instr))
	case ir.IndexAddr:
		s.set(instr, m.indexAddr(s, instr))
	case ir.Lookup:
		if !m.chooses(s, instr) {
			s.set(instr, m.lookup(s, instr))
		}
	case ir.MapUpdate:
		m.mapUpdate(s, instr)
		s.top.pc++
	case ir.Slice:
		s.set(instr, m.slice(s, instr))
	case ir.Range:
		s.set(instr, m.startRange(s, instr))
	case ir.Next:
		s.set(instr, m.next(s, instr))
	default:
		return false
	}
	return true
}

// located is a struct that was read from addr, with the place where the memory
// there was made: that of the literal.
func (s *state) located(addr, v *Value) *Value {
	if v.Kind != Struct || v.Set != nil || addr.Kind != Pointer || addr.Path != "" {
		return v
	}
	o := s.heap.object(addr.Text)
	if o == nil || o.alloc == nil {
		return v
	}
	c := *v
	c.Set = o.alloc
	return &c
}

// load reads through an address.
func (m *machine) load(s *state, addr *Value, t ir.Type) *Value {
	switch addr.Kind {
	case Cell:
		return addr.Elems[0]
	case Unknown:
		v := unknown(joinName(addr.Text, "*"), t, addr.Taint&^Sent)
		v.Label = addr.Label
		if addr.Path == emptyByDefault {
			v.Path = emptyByDefault
		}
		return s.resolve(v)
	case Pointer:
		return proof(m.loadCell(s, addr, t), addr.Path)
	}
	return unknown("", t, addr.taints()&^Sent)
}

// proof marks what the sender chooses for a field, at the end of the path, that is
// named like a proof.
func proof(v *Value, path string) *Value {
	if v.Kind == Unknown && v.Taint&Input != 0 && web.IsSecret(path[strings.LastIndexByte(path, '.')+1:]) {
		return withTaint(v, Proof, nil)
	}
	return v
}

func (m *machine) loadCell(s *state, addr *Value, t ir.Type) *Value {
	if global, ok := strings.CutPrefix(addr.Text, globalPrefix); ok && s.heap.object(addr.Text) == nil {
		m.initialize(s, addr.Text, global)
	}
	v := s.heap.load(addr.Text, addr.Path)
	switch {
	case v == nil && t.Kind == ir.Pointer && s.heap.isPreset(addr.Text):
		// A part of what a library made: it is there, and what the program sets in
		// it counts.
		part := madeHere + addr.Text + addr.Path
		s.heap.reset(part)
		v = &Value{Kind: Pointer, Text: part}
		s.heap.store(addr.Text, addr.Path, v)
		return v
	case v == nil && strings.HasPrefix(addr.Text, madeHere):
		return zeroOf(t)
	case v == nil && addr.Path == "":
		return s.resolve(unknown(addr.Text+"*", t, addr.Taint))
	case v == nil:
		return s.resolve(unknown(addr.Text+addr.Path, t, addr.Taint))
	case v.Kind == Unknown && (v.Type == (ir.Type{}) || v.Text == ""):
		c := *v
		c.Type, c.key = t, ""
		if c.Text == "" {
			// Two reads agree until the next write, which renews the name.
			c.Text = cellPrefix + addr.Text + addr.Path
		}
		return s.resolve(&c)
	}
	return s.resolve(v)
}

// initialize computes the initial value of a package variable that never
// changes, or takes it from the models, which also know variables that hold
// functions.
func (m *machine) initialize(s *state, object, global string) {
	for _, row := range m.engine.Table.Lookup(global) {
		switch {
		case strings.HasSuffix(row.Role, ".preset"):
			s.heap.store(object, "", preset(m.engine.Table, global))
			return
		case applies(row) || strings.HasSuffix(row.Role, ".option"):
			s.heap.store(object, "", &Value{Kind: Function, Text: global})
			return
		}
	}
	initial := m.engine.initial(global)
	if initial == nil {
		return
	}
	for name, o := range initial.memory.objects.Scan {
		if s.heap.object(name) == nil && name != factsObject {
			o.owner = nil
			s.heap.place(o)
			m.lasting[name] = true
		}
	}
	s.heap.store(object, "", initial.value)
}

// An initial is what a package variable holds from the start.
type initial struct {
	value  *Value
	memory *heap
}

// initial returns the initial value of a package variable that never changes,
// nil if it is not known.
func (e *Engine) initial(global string) *initial {
	if e.globals == nil {
		e.globals = map[string]*initial{}
	}
	if known, done := e.globals[global]; done {
		return known
	}
	e.globals[global] = nil // an initializer that comes back to itself knows nothing
	code := e.Code.Global(global)
	if code == nil {
		return nil
	}
	var m *machine
	e.undivided(func() { m = e.replay(Root{Func: code}, &Request{}, false, map[string]bool{}) })
	var found *Event
	for _, event := range m.run.Events {
		if event.Kind != Returned {
			continue
		}
		if found != nil && found.held != event.held || m.run.Exhausted {
			return nil // what it holds depends on what is not known
		}
		found = event
	}
	if found != nil {
		e.globals[global] = &initial{value: found.Args[0], memory: found.memory}
	}
	return e.globals[global]
}

func (m *machine) store(s *state, instr *ir.Instr, addr, v *Value) {
	m.wrote(s, instr, addr, v)
	if addr.Path != "" {
		given := *v
		given.Set = &Site{s.top.fn, instr.Pos}
		v = &given
	}
	m.fieldSet(s, instr, addr.Type.Name, v)
	switch {
	case addr.Kind == Pointer:
		s.renew(cellPrefix + addr.Text + addr.Path)
		s.heap.store(addr.Text, addr.Path, v)
	case v.Kind == Function:
		m.escapeAll(s, []*Value{v})
	case addr.Kind == Unknown && len(addr.Elems) == 1 && v.Taint&(Sent|Guarded) != 0:
		// An element of something unknown: from now on the whole depends on the
		// request.
		s.heap.writable(stainsObject).cells[addr.Elems[0].Text] = trueValue
	}
	if v.Kind == Function && addr.Kind == Pointer && !strings.HasPrefix(addr.Text, madeHere) {
		m.escapeAll(s, []*Value{v})
	}
}

func (m *machine) fieldAddr(s *state, instr *ir.Instr) *Value {
	base := m.arg(s, instr.Args[0])
	if v := m.requestField(s, instr); v != nil {
		return &Value{Kind: Cell, Elems: []*Value{v}}
	}
	path := "." + shortField(instr.Sym)
	field := ir.Type{Name: instr.Sym}
	switch base.Kind {
	case Pointer:
		return &Value{Kind: Pointer, Text: base.Text, Path: base.Path + path, Taint: base.Taint, Type: field}
	case Unknown:
		if base.Text != "" {
			return &Value{Kind: Pointer, Text: base.Text, Path: path, Taint: base.Taint &^ Sent, Type: field}
		}
	case Native:
		if v := nativeField(base, path); v != nil {
			return &Value{Kind: Cell, Elems: []*Value{v}}
		}
	}
	return &Value{Kind: Unknown, Taint: base.taints() &^ Sent, Type: field}
}

// requestField returns the value of a field of the request that a model names.
func (m *machine) requestField(s *state, instr *ir.Instr) *Value {
	if row := m.engine.Table.Find("ws.origin", instr.Sym); row != nil {
		return m.parsedOrigin(s, instr, row)
	}
	row := m.engine.Table.Find("request.part", instr.Sym)
	if row == nil {
		return nil
	}
	return m.requestPart(s, row.Arg("is"), instr)
}

// requestPart returns a part of the request by its name in the models.
func (m *machine) requestPart(s *state, part string, instr *ir.Instr) *Value {
	if method, ok := strings.CutPrefix(part, "method."); ok {
		if m.request.Method != "" {
			return &Value{Kind: Bool, Int: boolValue(m.request.Method == method).Int, Taint: Chosen}
		}
		return &Value{Kind: Unknown, Type: ir.Type{Kind: ir.Bool}, Text: "request." + instr.Sym, Taint: Chosen}
	}
	switch part {
	case "method":
		if m.request.Method != "" {
			return &Value{Kind: Str, Text: m.request.Method, Taint: Chosen}
		}
		return &Value{Kind: Unknown, Type: ir.Type{Kind: ir.String}, Text: "request.method", Taint: Chosen}
	case "body":
		return &Value{Kind: Unknown, Text: requestBody, Taint: Input}
	case "length":
		if m.request.Method == "" {
			return nil
		}
		return intValue(m.request.length())
	case "chosen":
		return &Value{Kind: Unknown, Text: "request." + instr.Sym, Taint: Chosen}
	case "address":
		return &Value{Kind: Unknown, Type: ir.Type{Kind: ir.String}, Text: "request.address", Taint: Address}
	case "host":
		return String(m.request.Host)
	case "input":
		return &Value{Kind: Unknown, Text: "request." + instr.Sym, Taint: Input}
	}
	return nil
}

// elementMark is in the names of elements of unknown lists, which are renewed when
// the next one is looked at.
const elementMark = "[]"

func (m *machine) indexAddr(s *state, instr *ir.Instr) *Value {
	base, index := m.arg(s, instr.Args[0]), s.resolve(m.arg(s, instr.Args[1]))
	if index.Kind == Int {
		switch {
		case base.Kind == Pointer:
			return &Value{Kind: Pointer, Text: base.Text, Path: base.Path + "[" + strconv.FormatInt(index.Int, 10) + "]"}
		case base.Kind == List && index.Int >= 0 && index.Int < int64(len(base.Elems)):
			return &Value{Kind: Cell, Elems: []*Value{base.Elems[index.Int]}}
		}
	}
	name := s.objectName(instr) + elementMark
	s.renew(name)
	// Who chooses the index does not choose what stands there.
	element := &Value{Kind: Unknown, Text: name, Taint: combine(base, index)&^(Chosen|Input) | base.Taint&Input}
	if base.Kind == Unknown && base.Text != "" {
		element.Elems = []*Value{{Kind: Unknown, Text: base.Text}}
	}
	return element
}

func (m *machine) slice(s *state, instr *ir.Instr) *Value {
	v := m.arg(s, instr.Args[0])
	if v.Kind == Pointer {
		v = &Value{Kind: List, Elems: s.heap.elements(v.Text, v.Path)}
	}
	length := int64(len(v.Elems))
	if v.Kind == Str {
		length = int64(len(v.Text))
	}
	low, lowKnown := bound(s.resolve(m.arg(s, instr.Args[1])), 0)
	high, highKnown := bound(s.resolve(m.arg(s, instr.Args[2])), length)
	if lowKnown && highKnown && 0 <= low && low <= high && high <= length {
		switch v.Kind {
		case Str:
			return &Value{Kind: Str, Text: v.Text[low:high], Taint: v.Taint, Read: v.Read}
		case List:
			return &Value{Kind: List, Elems: v.Elems[low:high], Taint: v.Taint}
		}
	}
	return unknown("", s.top.fn.TypeOf(instr.Type), combine(v))
}

func bound(v *Value, absent int64) (int64, bool) {
	switch v.Kind {
	case Nil:
		return absent, true
	case Int:
		return v.Int, true
	}
	return 0, false
}
