package flow

import (
	"slices"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// serveWhole records what a server is given that is no router: it serves every
// path. A handler that captured a router, or that hands requests on, serves none
// itself.
func (m *machine) serveWhole(s *state, instr *ir.Instr, row *model.Row, handler *Value) {
	m.noteServing(s, instr)
	if handler == nil || m.holdsRouter(s, handler) {
		return
	}
	functions := slices.DeleteFunc(m.functions(s, []*Value{handler}), func(fn *Value) bool {
		return m.engine.steers(m.engine.Code.Func(fn.Text)) || m.wrapsParameter(s, fn)
	})
	if len(functions) == 0 {
		return
	}
	r := &Route{Made: s.site(instr.Pos), Row: row, way: s.way, within: s.packages()}
	m.locate(s, r, "", instr)
	m.add(s, r, functions)
}

// noteServing notes that a handler is given to a server.
func (m *machine) noteServing(s *state, instr *ir.Instr) {
	if site := s.site(instr.Pos); !slices.Contains(m.run.Serving, site) {
		m.run.Serving = append(m.run.Serving, site)
	}
}

// holdsRouter reports whether a router can be reached from a value, also by what
// functions captured, or a type that a library serves requests with.
func (m *machine) holdsRouter(s *state, handler *Value) bool {
	found := false
	s.heap.visit(handler, objects{}, func(v *Value) bool {
		isLibrary := v.Kind != Function && v.Dynamic != "" && m.engine.Table.HasPrefix("("+v.Dynamic+").")
		found = found || isLibrary || m.routers[v.Text] != nil && v.Kind != Str
		return found
	})
	return found
}

// wrapsParameter reports whether a function captured one that is a parameter of the
// function where the replay began: a registrar, whose callers say what serves it.
func (m *machine) wrapsParameter(s *state, fn *Value) bool {
	reached := objects{}
	found := false
	for _, held := range fn.Elems {
		s.heap.visit(held, reached, func(v *Value) bool {
			found = found || isParameter(v) && (v.Type.Kind == ir.Function || v.Type.Kind == ir.Interface)
			return found
		})
	}
	m.run.Registrar = m.run.Registrar || found
	return found
}

// servedField records a handler that the field of a server is given.
func (m *machine) servedField(s *state, instr *ir.Instr, field string, v *Value) {
	if row := m.engine.Table.Find("server.handler", field); row != nil {
		m.serveWhole(s, instr, row, v)
	}
}

// goes runs a go statement. What is called is handed out; code that registers
// handlers is followed with its arguments, on a way of its own that ends where it
// returns.
func (m *machine) goes(s *state, instr *ir.Instr) {
	args := m.args(s, instr.Args)
	m.started(s, instr, args)
	m.escapeAll(s, args)
	if instr.Sym == "" || instr.CommaOk {
		s.set(instr, noValue)
		return
	}
	for _, row := range m.engine.Table.Lookup(instr.Sym) {
		if row.Role == "server.handler" {
			m.serveWhole(s, instr, row, at(withoutReceiver(row.Symbol, args), row, "handler"))
		}
	}
	c := callee{name: instr.Sym, args: args}
	code := m.engine.Code.Func(c.name)
	if !m.engine.EveryRoute || code == nil || len(code.Blocks) == 0 || s.calling(c.name) || s.top.depth >= maxDepth || !m.worth(s, code, c) {
		m.escapeAll(s, []*Value{{Kind: Function, Text: instr.Sym}})
		s.set(instr, noValue)
		return
	}
	m.run.Called[c.name] = true
	m.fork(s, attacker, instr,
		func(s *state) { s.set(instr, noValue) },
		func(s *state) {
			m.enter(s, code, c)
			s.top.aside = true
		})
}
