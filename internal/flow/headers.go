package flow

import (
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

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
	if row.Arg("part") == "type" && v.Kind == Str {
		essence := *v
		essence.key = ""
		essence.Text, _, _ = strings.Cut(strings.TrimSpace(v.Text), ";")
		v = &essence
	}
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
	meant := s.heap.load(meantObject, name)
	if meant != nil {
		s.heap.store(meantObject, name, falseValue)
	}
	if add && old != nil && old.Kind != Nil && (meant == nil || !meant.True()) {
		v = &Value{Kind: Tuple, Elems: []*Value{old, v}}
	}
	if old != nil && old.same(v) {
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
