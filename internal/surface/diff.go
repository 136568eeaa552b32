package surface

import (
	"fmt"
	"slices"
	"strings"
)

// A Difference is what a change of the program opened or closed in one route.
type Difference struct {
	Route  *Route // as it is now; as it was, where it is gone
	Text   string
	Opened bool // an attacker's page can do more than before
}

// Diff compares the routes of two maps, in the order of the new one; routes that
// are gone come last.
func Diff(old, now *Map) []Difference {
	before, after := byKey(old), byKey(now)
	var found []Difference
	for i := range now.Routes {
		r := &now.Routes[i]
		if was := before[r.key()]; was == nil {
			found = append(found, Difference{Route: r, Text: "new: " + r.summary(), Opened: r.Exposed()})
		} else {
			found = append(found, changed(was, r)...)
		}
	}
	for i := range old.Routes {
		if r := &old.Routes[i]; after[r.key()] == nil {
			found = append(found, Difference{Route: r, Text: "gone: " + r.summary()})
		}
	}
	return found
}

// byKey finds the routes of a map; of those that are alike, the one that lets
// most in.
func byKey(m *Map) map[string]*Route {
	routes := map[string]*Route{}
	for i := range m.Routes {
		r := &m.Routes[i]
		if known := routes[r.key()]; known == nil || r.Exposed() && !known.Exposed() {
			routes[r.key()] = r
		}
	}
	return routes
}

func (r *Route) summary() string {
	text := fmt.Sprintf("read by %s, sent by %s", r.Read.Label(), r.Send.Who.Label())
	if r.Socket != nil {
		text += ", WebSocket by " + r.Socket.Who.Label()
	}
	return text
}

// changed tells in what a route differs.
func changed(was, now *Route) []Difference {
	var found []Difference
	tell := func(what, before, after string, opened bool) {
		if before != after {
			found = append(found, Difference{Route: now, Text: fmt.Sprintf("%s: %s, was %s", what, after, before), Opened: opened})
		}
	}
	tell("read", was.Read.Label(), now.Read.Label(), now.Read.rank() > was.Read.rank())
	tell("send", was.Send.Who.Label(), now.Send.Who.Label(), now.Send.Who.rank() > was.Send.Who.rank())
	tell("WebSocket", was.Socket.Label(), now.Socket.Label(), now.Socket.rank() > was.Socket.rank())
	tell("changes", kinds(was), kinds(now), !was.Exposed() && now.Exposed())
	for _, f := range now.Findings {
		if !slices.ContainsFunc(was.Findings, func(old Finding) bool { return old.Fingerprint == f.Fingerprint }) {
			found = append(found, Difference{Route: now, Text: fmt.Sprintf("finding: %s [%s]", f.Message, f.ID), Opened: true})
		}
	}
	return found
}

func kinds(r *Route) string {
	if !r.Changing() {
		return "nothing"
	}
	return strings.Join(r.Kinds(), ", ")
}

func (r *Read) rank() int {
	rank := 2 * r.Who.rank()
	if r.Credentials {
		rank++
	}
	return rank
}

func (s *Socket) rank() int {
	if s == nil {
		return -1
	}
	return s.Who.rank()
}
