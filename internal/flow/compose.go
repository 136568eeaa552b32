package flow

import (
	"slices"
	"strconv"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// compose goes on as if a call that puts middleware around a handler called one function
// after the other with what the one before returned: the last of the list first. It
// reports whether it does.
func (m *machine) compose(s *state, instr *ir.Instr, handler *Value, middleware []*Value) bool {
	if handler == nil || len(instr.Results) != 1 || s.top.depth >= maxDepth {
		return false
	}
	if handler.Kind == Function && handler.Dynamic == "" {
		named := *handler
		named.Dynamic, named.key = handlerFunc, ""
		handler = &named
	}
	code := m.engine.composedAt(s.top.fn, instr, len(middleware))
	m.suspend(s)
	m.enter(s, code, callee{args: append([]*Value{handler}, middleware...)})
	return true
}

// handlerFunc is the type of a function that stands for a handler.
const handlerFunc = "net/http.HandlerFunc"

// A composition is a call that puts so many functions around a handler.
type composition struct {
	instr *ir.Instr
	count int
}

// composedAt returns the code that stands for a call in fn.
func (e *Engine) composedAt(fn *ir.Func, instr *ir.Instr, count int) *ir.Func {
	key := composition{instr, count}
	if e.composed == nil {
		e.composed = map[composition]*ir.Func{}
	}
	if e.composed[key] == nil {
		name := fn.Name + "@" + strconv.Itoa(int(instr.Pos)) + "." + strconv.Itoa(count)
		e.composed[key] = fn.Composed(name, count, instr.Results[0], instr.Pos)
	}
	return e.composed[key]
}

// recognise runs a call of code that is not known as one that puts middleware around a
// handler if that is what it gets and returns: one handler and else only middleware, of
// which some has known code, and a handler. It reports whether it does.
func (m *machine) recognise(s *state, instr *ir.Instr, c callee) bool {
	if c.name == "" || m.engine.Code.Func(c.name) != nil || !s.returnsHandler(instr) || len(m.engine.Table.Lookup(c.name)) > 0 {
		return false
	}
	var handler *Value
	var middleware []*Value
	for _, v := range c.args {
		switch list := s.listElements(v); {
		case len(list) > 0:
			middleware = append(middleware, list...)
		case m.isMiddleware(v):
			middleware = append(middleware, v)
		case m.servesRequests(v) && handler == nil:
			handler = v
		case m.servesRequests(v):
			return false
		}
	}
	return slices.ContainsFunc(middleware, m.isMiddleware) && m.compose(s, instr, handler, middleware)
}

// returnsHandler reports whether a call returns an http.Handler, and nothing else.
func (s *state) returnsHandler(instr *ir.Instr) bool {
	return len(instr.Results) == 1 && s.top.fn.TypeOf(instr.Results[0]).Name == "net/http.Handler"
}

// isMiddleware reports whether a value is a function with known code that makes a
// handler of one.
func (m *machine) isMiddleware(v *Value) bool {
	if v.Kind != Function {
		return false
	}
	code := m.engine.Code.Func(v.Text)
	if code == nil || len(code.Results) != 1 {
		return false
	}
	params := len(code.Params)
	if v.Open { // a bound method
		params--
	}
	return params == 1 && isHandler(code.TypeOf(code.Params[len(code.Params)-1].Type)) && isHandler(code.TypeOf(code.Results[0]))
}

// servesRequests reports whether a value is a handler: a router, a function, or
// something else behind an interface.
func (m *machine) servesRequests(v *Value) bool {
	return m.routers[v.Text] != nil && v.Kind != Str || v.Kind == Function || v.Dynamic != ""
}

// gatherMiddleware is a call that makes a list of middleware, of the one that it is
// called on and of an argument. It reports whether these are known.
func (m *machine) gatherMiddleware(s *state, row *model.Row, all []*Value) (list *Value, known bool) {
	args := withoutReceiver(row.Symbol, all)
	parts := append(slices.Clone(all[:len(all)-len(args)]), at(args, row, "list"))
	list = &Value{Kind: List}
	for _, part := range parts {
		if part == nil {
			return nil, false
		}
		middleware, known := s.listOfMiddleware(part)
		if !known {
			return nil, false
		}
		list.Elems = append(list.Elems, middleware...)
	}
	return list, true
}

// boundMiddleware returns the list of middleware that the method belongs to which a value
// is, as in Use(chain.Then), and whether it is one.
func (m *machine) boundMiddleware(s *state, v *Value) (middleware []*Value, isBound bool) {
	if v.Kind != Function || !v.Open || len(v.Elems) != 1 || m.engine.Table.Find("middleware.around", v.Text) == nil {
		return nil, false
	}
	return s.listOfMiddleware(v.Elems[0])
}

// listOfMiddleware returns the elements of a list, and whether it is known.
func (s *state) listOfMiddleware(v *Value) (middleware []*Value, known bool) {
	whole := s.whole(v, 0)
	return whole.Elems, isList(whole)
}

// passedThrough returns the router that a call of unknown code gets and returns a
// handler for: whatever that does, who gets past it comes to the router, which is not
// served as it is by that. It returns nil for other calls.
func (m *machine) passedThrough(s *state, instr *ir.Instr, c callee) *Value {
	if !s.returnsHandler(instr) {
		return nil
	}
	var found *Value
	for _, v := range c.args {
		if m.routers[v.Text] == nil || v.Kind == Str {
			continue
		}
		if found != nil {
			return nil
		}
		found = v
	}
	return found
}
