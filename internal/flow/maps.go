package flow

import (
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// lookup reads an entry of a map. On a map of headers it reads the header.
func (m *machine) lookup(s *state, instr *ir.Instr) *Value {
	container, key := m.arg(s, instr.Args[0]), s.resolve(m.arg(s, instr.Args[1]))
	t := s.top.fn.TypeOf(instr.Type)
	if container.Kind == Str {
		return m.index(s, container, key, t)
	}
	value, found := m.entry(s, instr, container, key, t)
	if !instr.CommaOk {
		return value
	}
	return &Value{Kind: Tuple, Elems: []*Value{value, found}}
}

func (m *machine) entry(s *state, instr *ir.Instr, container, key *Value, t ir.Type) (value, found *Value) {
	if instr.CommaOk {
		t = ir.Type{}
	}
	if container.Kind == Pointer {
		return m.knownEntry(s, container, key, t)
	}
	if v := m.headerEntry(s, instr, key); v != nil {
		return v, boolValue(!isEmpty(v))
	}
	if container.Kind == Nil {
		return withTaint(zeroOf(t), key.Taint&Sent, key.Read), withTaint(falseValue, key.Taint&Sent, key.Read)
	}
	taint := combine(container, key)
	name := ""
	if container.Text != "" && key.Known() && key.Taint == 0 {
		name = container.Text + "{" + key.Text + "}"
	}
	value = s.resolve(unknown(name, t, taint))
	return value, s.resolve(unknown(joinName(name, "?"), ir.Type{Kind: ir.Bool}, taint))
}

func (m *machine) knownEntry(s *state, container, key *Value, t ir.Type) (value, found *Value) {
	object := s.heap.object(container.Text)
	if object == nil || !key.Known() {
		taint := combine(key)
		if key.Taint&Proof != 0 {
			taint = combine(key, noValue) // what is in the map is as little known as what is asked for
		}
		return unknown("", t, taint), unknown("", ir.Type{Kind: ir.Bool}, taint)
	}
	if key.Taint&Sent != 0 {
		for _, k := range s.heap.entries(container.Text) {
			m.literal(k)
		}
	}
	v := s.heap.load(container.Text, "{"+entryKey(key)+"}")
	switch {
	case v != nil:
		return withTaint(v, key.Taint&Sent, key.Read), withTaint(trueValue, key.Taint&Sent, key.Read)
	case object.open:
		return unknown("", t, combine(key)), unknown("", ir.Type{Kind: ir.Bool}, combine(key))
	}
	return withTaint(zeroOf(t), key.Taint&Sent, key.Read), withTaint(falseValue, key.Taint&Sent, key.Read)
}

func entryKey(key *Value) string {
	if key.Kind == Str {
		return key.Text
	}
	return key.Key()
}

// headerEntry reads a request header out of a map of them; nil if the map is
// none. Event types of cloud functions carry headers in a plain map, by any
// case, so the name Origin is enough there.
func (m *machine) headerEntry(s *state, instr *ir.Instr, key *Value) *Value {
	if key.Kind != Str || key.Taint&Sent != 0 {
		return nil
	}
	if m.engine.Table.Find("header.map", instr.Sym) != nil {
		if key.Text != canonical(key.Text) {
			return nilValue
		}
		return m.headerList(s, instr, key.Text)
	}
	if strings.EqualFold(key.Text, "origin") && instr.Sym == "" {
		return withTaint(m.request.Header("origin"), 0, &Site{s.top.fn, instr.Pos})
	}
	return nil
}

// headerList is the value of http.Header's entry for a header.
func (m *machine) headerList(s *state, instr *ir.Instr, name string) *Value {
	v := m.header(s, instr, name)
	if isEmpty(v) {
		return withTaint(nilValue, Sent, v.Read)
	}
	if v.Kind == Unknown {
		return v
	}
	return &Value{Kind: List, Elems: []*Value{v}}
}

func isEmpty(v *Value) bool { return v.Kind == Nil || v.Kind == Str && v.Text == "" }

func (m *machine) header(s *state, instr *ir.Instr, name string) *Value {
	if v := s.overwritten(incoming); v != nil && strings.EqualFold(name, "Origin") {
		if v.Kind == Nil {
			return &Value{Kind: Str}
		}
		return v
	}
	switch strings.ToLower(name) {
	case "content-type":
		m.run.Typed = true
	case "sec-fetch-site", "referer":
		m.run.Hinted = true
	}
	return withTaint(m.request.Header(name), 0, &Site{s.top.fn, instr.Pos})
}

// mapUpdate writes an entry. An entry named like a response header is taken
// for the header: maps of headers are sent later, by code elsewhere.
func (m *machine) mapUpdate(s *state, instr *ir.Instr) {
	container, key, v := m.arg(s, instr.Args[0]), s.resolve(m.arg(s, instr.Args[1])), s.resolve(m.arg(s, instr.Args[2]))
	m.wrote(s, instr, container, key, v)
	if key.Kind == Str && key.Text == "Origin" && m.engine.Table.Find("header.map", instr.Sym) != nil {
		m.overwrite(s, container, v)
	}
	if container.Kind == Pointer {
		if key.Known() {
			s.heap.store(container.Text, "{"+entryKey(key)+"}", v)
		} else {
			s.heap.writable(container.Text).open = true
		}
		s.heap.writable(container.Text).filled = true
	}
	if key.Kind == Str && isHeaderName(key.Text) && s.top.fn.TypeOf(instr.Type).CarriesText() {
		m.writeHeader(s, instr, key.Text, v, false)
		// A map that is not the response's own is copied into it, or is not.
		if m.engine.Table.Find("header.map", instr.Sym) == nil {
			s.heap.store(meantObject, strings.ToLower(key.Text), trueValue)
		}
	}
}

// startRange makes an iterator: over a known map one that goes through its
// entries, over headers one that comes by Origin before it yields unknown
// values, over anything else one that yields only those.
func (m *machine) startRange(s *state, instr *ir.Instr) *Value {
	over := m.arg(s, instr.Args[0])
	if over.Kind == Unknown && m.engine.Table.Find("header.map", instr.Sym) != nil {
		over = m.headersToRange(s, instr)
		return m.iterator(s, instr, over)
	}
	if over.Kind != Pointer || s.heap.object(over.Text) == nil || s.heap.object(over.Text).open {
		return unknown("", ir.Type{}, over.taints())
	}
	return m.iterator(s, instr, over)
}

func (m *machine) iterator(s *state, instr *ir.Instr, over *Value) *Value {
	name := madeHere + s.objectName(instr)
	s.heap.reset(name)
	s.heap.store(name, "", &Value{Kind: Int})
	m.ranges = true
	return &Value{Kind: Pointer, Text: name, Path: "", Elems: []*Value{over}}
}

// rounds tells how far the loops over known maps have come that the path is in.
func (s *state) rounds() string {
	var rounds []byte
	for f := s.top; f != nil; f = f.up {
		f.regs.all(func(_ int, v *Value) bool {
			if v.Kind == Pointer && len(v.Elems) == 1 && strings.HasPrefix(v.Text, madeHere) {
				if at := s.heap.load(v.Text, ""); at != nil && at.Kind == Int {
					rounds = append(strconv.AppendInt(rounds, at.Int, 10), ' ')
				}
			}
			return true
		})
	}
	return string(rounds)
}

// headersToRange is a map that holds the Origin and more that is not known.
func (m *machine) headersToRange(s *state, instr *ir.Instr) *Value {
	name := madeHere + s.objectName(instr) + "#headers"
	s.heap.reset(name)
	if list := m.headerList(s, instr, "Origin"); !isEmpty(list) {
		s.heap.store(name, "{Origin}", list)
	}
	s.heap.writable(name).open = true
	return &Value{Kind: Pointer, Text: name}
}

func (m *machine) next(s *state, instr *ir.Instr) *Value {
	iterator := m.arg(s, instr.Args[0])
	if iterator.Kind != Pointer {
		return s.unknownEntry(instr, combine(iterator))
	}
	over := iterator.Elems[0]
	keys := s.heap.entries(over.Text)
	at := s.heap.load(iterator.Text, "").Int
	switch {
	case at >= int64(len(keys)) && s.heap.object(over.Text).open:
		return s.unknownEntry(instr, 0)
	case at >= int64(len(keys)):
		return &Value{Kind: Tuple, Elems: []*Value{falseValue, noValue, noValue}}
	}
	s.heap.store(iterator.Text, "", intValue(at+1))
	value := s.heap.load(over.Text, "{"+keys[at]+"}")
	if value == nil {
		value = noValue
	}
	return &Value{Kind: Tuple, Elems: []*Value{trueValue, String(keys[at]), value}}
}

// unknownEntry is the next entry of a map that is not known.
func (s *state) unknownEntry(instr *ir.Instr, taint Taint) *Value {
	name := s.objectName(instr)
	s.renew(name)
	return &Value{Kind: Tuple, Elems: []*Value{
		// Whether there is one more is nobody's choice: some have, some have not.
		unknown("", ir.Type{Kind: ir.Bool}, Chosen),
		unknown(name+".key", ir.Type{}, taint),
		unknown(name+".value", ir.Type{}, taint),
	}}
}
