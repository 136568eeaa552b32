package flow

import (
	"maps"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// The Origin that a library checks is the one that the request has by then. A
// program can put another one in its place, or take it away; reading it again gives
// what was put there. That holds for the request that it was done to: what a
// program sends on to somebody else is another one.

// incoming is what the names of the request that the root was given begin with.
const incoming = "r:"

// originOf is what the paths begin with under which it is kept what the program has
// put in place of the Origin.
const originOf = "origin "

// overwrites notes what a call does to the Origin in the headers of a request.
func (m *machine) overwrites(s *state, row *model.Row, args []*Value) {
	if !m.engine.writesHeaders(row) || len(args) == 0 || !isOrigin(at(args[1:], row, "key")) {
		return
	}
	v := at(args[1:], row, "value")
	if v == nil {
		v = nilValue
	}
	m.overwrite(s, args[0], v)
}

// writesHeaders reports whether a row's function sets or removes a header in what it
// is a method of, which may be the headers of a request.
func (e *Engine) writesHeaders(row *model.Row) bool {
	switch row.Role {
	case "request.set", "request.del":
		return true
	case "header.set", "header.del":
		return e.Table.Find("header.map", receiverType(row.Symbol)) != nil
	}
	return false
}

// isHeaders reports whether v is a map of headers.
func (m *machine) isHeaders(v *Value) bool {
	return m.engine.Table.Find("header.map", v.Type.Name) != nil
}

// isSameRequest reports whether a call does no more than hand out the request that
// the root was given, as another type.
func (m *machine) isSameRequest(c callee, result ir.Type) bool {
	return c.name != "" && len(c.args) == 1 && strings.HasPrefix(c.args[0].Text, incoming) && m.engine.Table.Find("request", result.Name) != nil
}

// originFor returns what the program has put in place of the Origin of the request
// that a row's function is called with.
func (s *state) originFor(row *model.Row, args []*Value) *Value {
	request := at(withoutReceiver(row.Symbol, args), row, "request")
	if row.Arg("request") == "recv" && len(args) > 0 {
		request = args[0]
	}
	if request == nil {
		return nil
	}
	return s.overwritten(holderOf(request))
}

// overwrite notes that the program sets the Origin in the headers of a request to v,
// nilValue for none.
func (m *machine) overwrite(s *state, headers *Value, v *Value) {
	if v.Kind == List && len(v.Elems) == 1 {
		v = v.Elems[0]
	}
	if holder := holderOf(headers); holder != "" {
		s.heap.store(requestObject, originOf+holder, v)
	}
}

// overwritten returns what the program has put in place of the Origin of a request,
// nil if it is as it was sent.
func (s *state) overwritten(holder string) *Value {
	return s.heap.load(requestObject, originOf+holder)
}

// holderOf names the request that headers are those of, or that v is, "" where that
// is not known. All that the root is given of the request is one.
func holderOf(v *Value) string {
	if strings.HasPrefix(v.Text, incoming) {
		return incoming
	}
	if v.Kind != Unknown && v.Kind != Pointer {
		return ""
	}
	return strings.TrimSuffix(v.Text+v.Path, ".Header")
}

// isOrigin reports whether a key is the name of the header, in whatever case.
func isOrigin(key *Value) bool {
	return key != nil && key.Kind == Str && strings.EqualFold(key.Text, "Origin")
}

// AsSent is the event as it would be, had the program left the Origin of the request
// alone.
func (e *Event) AsSent() *Event {
	if e.memory == nil || e.memory.object(requestObject) == nil {
		return e
	}
	c := *e
	c.Origin, c.memory = nil, e.memory.fork()
	done := c.memory.writable(requestObject)
	maps.DeleteFunc(done.cells, func(what string, _ *Value) bool { return strings.HasPrefix(what, originOf) })
	return &c
}

// SameOrigin reports whether the program has put the same in place of the Origin
// before both events, or left it alone.
func (e *Event) SameOrigin(other *Event) bool {
	if e.Origin == nil || other.Origin == nil {
		return e.Origin == other.Origin
	}
	return e.Origin.same(other.Origin)
}
