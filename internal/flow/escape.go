package flow

import (
	"maps"
	"slices"
)

// maxContexts bounds the memories with which one closure is kept.
const maxContexts = 6

// escapeAll records the closures among values and in what they hold.
func (m *machine) escapeAll(s *state, values []*Value) {
	for _, fn := range m.functions(s, values) {
		m.escape(s, fn)
	}
	m.handRouters(s, values)
}

// escape records that a function with known code was handed to somebody.
func (m *machine) escape(s *state, fn *Value) { m.serve(s, fn, nil) }

// serve does so for a function that was registered as a handler.
func (m *machine) serve(s *state, fn *Value, route *Route) {
	if m.escaped[fn.Text] >= maxContexts {
		return
	}
	reached := map[string]bool{}
	s.heap.reach(fn, reached)
	key := string(s.heap.appendKey([]byte("f"+fn.Key()+route.stepsKey()), reached))
	m.event(s, &Event{Kind: Escaped, Key: fn.Text, held: key})
	if !m.seen[key] {
		m.seen[key] = true
		m.escaped[fn.Text]++
		c := m.closure(s, fn, s.heap.fork(), nil)
		c.key = key
		c.Route = route
		c.Event = m.run.Events[len(m.run.Events)-1]
		m.run.Closures = append(m.run.Closures, c)
		m.holdRouters(s, &c)
	}
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

// closure is a function with what it captured; outer are the functions that
// hold it.
func (m *machine) closure(s *state, fn *Value, memory *heap, outer []string) Closure {
	c := Closure{Name: fn.Text, Bound: fn.Open, Bindings: fn.Elems, memory: memory, key: fn.Key()}
	outer = append(outer, c.key)
	for _, held := range m.functions(s, fn.Elems) {
		if !slices.Contains(outer, held.Key()) {
			c.Held = append(c.Held, m.closure(s, held, memory, outer))
		}
	}
	return c
}

// functions returns the functions with known code among values and in what they
// hold, in a fixed order. What a function captures is left out: nobody but the
// function gets at it, so whether it is called, and behind which checks, is for
// a replay of the function to say.
func (m *machine) functions(s *state, values []*Value) []*Value {
	found := map[string]*Value{}
	collect := func(v *Value) bool {
		known := v.Kind == Function && m.engine.Code.Func(v.Text) != nil
		if known {
			found[v.Key()] = v
		}
		return known
	}
	reached := map[string]bool{}
	for _, v := range values {
		s.heap.visit(v, reached, collect)
	}
	var list []*Value
	for _, key := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[key])
	}
	return list
}
