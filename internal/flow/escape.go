package flow

import (
	"maps"
	"slices"
	"strings"
)

// maxContexts bounds the memories with which one closure is kept.
const maxContexts = 6

// escapeAll records the closures among values and in what they hold.
func (m *machine) escapeAll(s *state, values []*Value) {
	for _, fn := range m.functions(s, values) {
		m.escape(s, fn)
	}
	m.handRouters(values)
}

// escape records that a function with known code was handed to somebody.
func (m *machine) escape(s *state, fn *Value) { m.serve(s, fn, nil) }

// serve does so for a function that was registered as a handler.
func (m *machine) serve(s *state, fn *Value, route *Route) {
	name := m.heldNames(s, fn)
	if m.escaped[name] >= maxContexts {
		return
	}
	reached := objects{}
	s.heap.reach(fn, reached)
	key := string(s.heap.appendKey([]byte("f"+fn.Key()+m.routeKey(route)), reached))
	m.event(s, &Event{Kind: Escaped, Site: s.here(), Key: fn.Text, held: key})
	if !m.seen[key] {
		m.seen[key] = true
		if !m.engine.EveryRoute {
			m.escaped[name]++
		}
		c := m.closure(s, fn, s.heap.snapshot(), map[string]bool{})
		c.key = key
		c.Route = route
		c.Event = m.run.Events[len(m.run.Events)-1]
		m.run.Closures = append(m.run.Closures, c)
		m.holdRouters(s, &c)
	}
}

// heldNames names a function together with those that it captured: a wrapper is
// as many functions as it wraps.
func (m *machine) heldNames(s *state, fn *Value) string {
	names := fn.Text
	for _, held := range m.functions(s, fn.Elems) {
		names += " " + held.Text
	}
	return names
}

// routeKey tells what is registered in one way from the same in another.
func (m *machine) routeKey(r *Route) string {
	if r != nil && m.engine.EveryRoute {
		return r.stepsKey() + strings.Join(r.Methods, ",") + " " + r.Pattern + " " + strings.Join(r.routers, ",")
	}
	return r.stepsKey()
}

// stepsKey tells the steps before a handler from others.
func (r *Route) stepsKey() string {
	var key []byte
	if r != nil {
		for _, step := range r.Steps {
			key = append(append(key, step.key...), ';')
		}
	}
	return string(key)
}

// closure is a function with what it captured; seen are the functions that have
// been come by. Each is held once, by the first that holds it: objects whose
// methods are handed out hold each other.
func (m *machine) closure(s *state, fn *Value, memory *heap, seen map[string]bool) Closure {
	c := Closure{Name: fn.Text, Bound: fn.Open, Bindings: fn.Elems, memory: memory, key: fn.Key()}
	seen[c.key] = true
	for _, held := range m.functions(s, fn.Elems) {
		if !seen[held.Key()] {
			c.Held = append(c.Held, m.closure(s, held, memory, seen))
		}
	}
	return c
}

// Packages returns the import paths of the packages that the closure's code, and
// the functions and the values of interfaces that it captured, are from.
func (c *Closure) Packages() []string {
	found := map[string]bool{packageOf(c.Name): true}
	reached := objects{}
	for _, b := range c.Bindings {
		c.memory.visit(b, reached, func(v *Value) bool {
			if v.Kind == Function {
				found[packageOf(v.Text)] = true
			}
			if v.Dynamic != "" {
				found[packageOf(v.Dynamic)] = true
			}
			return false
		})
	}
	return slices.Sorted(maps.Keys(found))
}

// Implementations returns the types of the values of interfaces that the closure
// captured, with a * before pointers.
func (c *Closure) Implementations() []string {
	found := map[string]bool{}
	reached := objects{}
	for _, b := range c.Bindings {
		c.memory.visit(b, reached, func(v *Value) bool {
			if v.Dynamic != "" {
				found[v.Dynamic] = true
			}
			return false
		})
	}
	return slices.Sorted(maps.Keys(found))
}

// functions returns the functions with known code among values and in what they
// hold, in a fixed order. What a function captures is left out: nobody but the
// function gets at it, so whether it is called, and behind which checks, is for
// a replay of the function to say.
func (m *machine) functions(s *state, values []*Value) []*Value {
	found := map[string]*Value{}
	collect := func(v *Value) bool {
		if fn := m.handlerMethod(s, v); fn != nil {
			v = fn
		}
		known := v.Kind == Function && m.engine.Code.Func(v.Text) != nil
		if known {
			found[v.Key()] = v
		}
		return known
	}
	reached := objects{}
	for _, v := range values {
		s.heap.visit(v, reached, collect)
	}
	var list []*Value
	for _, key := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[key])
	}
	return list
}

// handlerMethod returns the method by which what an interface holds is called as
// a handler, bound to it; nil if it has none with known code.
func (m *machine) handlerMethod(s *state, v *Value) *Value {
	if v.Dynamic == "" || v.Kind != Pointer && v.Kind != Struct && v.Kind != Unknown {
		return nil
	}
	for _, method := range m.engine.handlerMethods() {
		name, receiver := m.implementation(s, "."+method, v)
		if m.engine.Code.Func(name) != nil {
			bound := *receiver
			bound.Dynamic, bound.key = "", ""
			return &Value{Kind: Function, Text: name, Elems: []*Value{&bound}, Open: true}
		}
	}
	return nil
}

// handlerMethods returns the names of the methods that the models say routers
// call.
func (e *Engine) handlerMethods() []string {
	if e.methods == nil {
		e.methods = []string{}
		for _, row := range e.Table.Rows() {
			if row.Role == "handler.method" {
				e.methods = append(e.methods, shortField(row.Symbol))
			}
		}
	}
	return e.methods
}
