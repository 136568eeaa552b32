package surface

import (
	"slices"
	"strings"
)

var labels = map[Who]string{
	SameOrigin:  "same origin",
	Preflighted: "preflighted",
	Named:       "named origins",
	Weak:        "an attacker's origin",
	AnySite:     "any site",
	Unknown:     "not known",
}

// Label is the answer in words.
func (w Who) Label() string { return labels[w] }

// Label is the answer in words, with the credentials.
func (r *Read) Label() string {
	switch {
	case r.Who == SameOrigin, r.Who == Unknown:
		return r.Who.Label()
	case r.Credentials:
		return r.Who.Label() + " with credentials"
	}
	return r.Who.Label() + " without credentials"
}

// Label is the answer in words.
func (s *Socket) Label() string {
	if s == nil {
		return "none"
	}
	return s.Who.Label()
}

// Kinds lists the kinds of what is changed, sorted.
func (r *Route) Kinds() []string {
	var kinds []string
	for _, c := range r.Changes {
		kinds = append(kinds, c.Kind)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// A Summary counts routes.
type Summary struct {
	Routes      int `json:"routes"`
	Readable    int `json:"readable"`    // whose answers an attacker's page reads
	Credentials int `json:"credentials"` // of those, with the user's credentials
	Drivable    int `json:"drivable"`    // that an attacker's page can have change something
	Sockets     int `json:"sockets"`     // whose WebSocket an attacker's page opens
	Unresolved  int `json:"unresolved"`  // registrations that are not in the map
}

// Summary counts the routes of the map.
func (m *Map) Summary() Summary {
	s := Summary{Routes: len(m.Routes), Unresolved: len(m.Unresolved)}
	for i := range m.Routes {
		r := &m.Routes[i]
		if r.Read.Who.Open() {
			s.Readable++
			if r.Read.Credentials {
				s.Credentials++
			}
		}
		if r.Send.Who.Open() && r.Changing() {
			s.Drivable++
		}
		if r.Socket != nil && r.Socket.Who.Open() {
			s.Sockets++
		}
	}
	return s
}

// A Filter picks routes.
type Filter struct {
	Exposed bool
	Method  string // "" for any
	Check   string // routes with a finding of that check, or check/rule; "" for any
}

// Apply drops the routes that the filter does not pick.
func (f Filter) Apply(m *Map) {
	m.Routes = slices.DeleteFunc(m.Routes, func(r Route) bool {
		return f.Exposed && !r.Exposed() || f.Method != "" && !r.Takes(f.Method) || f.Check != "" && !r.has(f.Check)
	})
}

// has reports whether a finding of that check or check/rule is about the route.
func (r *Route) has(name string) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool {
		check, _, _ := strings.Cut(f.ID, "/")
		return f.ID == name || check == name
	})
}
