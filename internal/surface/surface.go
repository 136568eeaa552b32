// Package surface holds, as plain data, what a server shows to other sites: one
// entry for each route, with who may read its answer, who may send to it and
// what stops them.
package surface

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/finding"
)

// A Map is what is known of a program's routes.
type Map struct {
	Routes     []Route      `json:"routes"`
	Unresolved []Unresolved `json:"unresolved"`

	// Until all packages are in the map: functions that register what they are
	// given, and those that the code which registers handlers calls.
	Registrars []Registrar     `json:"-"`
	Called     map[string]bool `json:"-"`
}

// A Registrar is a function that registers what it is given to serve. Its routes
// are those of the calls of it.
type Registrar struct {
	Name  string // as ssax.FuncName gives it
	Label string // for readers
	Code  Place
}

// Add takes the map of a package into that of the program.
func (m *Map) Add(p *Map) {
	m.Routes = append(m.Routes, p.Routes...)
	m.Unresolved = append(m.Unresolved, p.Unresolved...)
	m.Registrars = append(m.Registrars, p.Registrars...)
	if m.Called == nil {
		m.Called = map[string]bool{}
	}
	maps.Copy(m.Called, p.Called)
}

// uncalled lists the registrars that nothing was seen to call.
func (m *Map) uncalled() {
	for _, r := range m.Registrars {
		if !m.Called[r.Name] {
			m.Unresolved = append(m.Unresolved, Unresolved{Code: r.Code, Reason: "what " + r.Label + " is given to serve: no call of it was found"})
		}
	}
	m.Registrars, m.Called = nil, nil
}

// AnyMethod stands for the methods of a route that takes every one.
const AnyMethod = "*"

// A Route is a handler under a pattern. Its JSON form is part of the command's
// contract (docs/map.schema.json).
type Route struct {
	Methods    []string  `json:"methods"`    // those that come to the handler, HEAD included where GET brings it; sorted
	Pattern    string    `json:"pattern"`    // with the prefixes of groups; what is not known is "…"
	Handler    string    `json:"handler"`    // what is not known is "…"
	Package    string    `json:"package"`    // import path of the package that registers it
	Registered Place     `json:"registered"` // where it is
	Code       Place     `json:"code"`       // the handler's
	Middleware []Step    `json:"middleware"` // what runs before the handler, outermost first
	Authority  []string  `json:"authority"`  // what the code asks for: basic, cookie, token
	Read       Read      `json:"read"`
	Send       Send      `json:"send"`
	Socket     *Socket   `json:"socket"` // nil where no WebSocket is opened
	Changes    []Change  `json:"changes"`
	Findings   []Finding `json:"findings"`
}

// A Place is a range of lines, or one position, in the source.
type Place struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	EndLine int    `json:"endLine"`
}

// String is the place as compilers write it, "" where it is not known.
func (p Place) String() string {
	if p.File == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Holds reports whether a line is in the range.
func (p Place) Holds(file string, line int) bool {
	return p.File != "" && p.File == file && p.Line <= line && line <= max(p.Line, p.EndLine)
}

// A Step is a function that runs before a handler, or what a library made.
type Step struct {
	Name string `json:"name"`
	Code Place  `json:"code"`
}

// A Who says which sites are let in.
type Who string

// The answers, from the narrowest.
const (
	SameOrigin  Who = "same-origin" // none but the server's own
	Preflighted Who = "preflighted" // those whose preflight the server answers in their favour
	Named       Who = "named"       // those that the server lists or checks for
	Weak        Who = "weak"        // named ones, by a check that an attacker passes
	AnySite     Who = "any"
	Unknown     Who = "unknown" // what serves the route is not known
)

// rank orders the answers by how many sites they let in.
// What is not known counts as the narrowest.
func (w Who) rank() int {
	return max(0, slices.Index([]Who{SameOrigin, Preflighted, Named, Weak, AnySite}, w))
}

// Open reports whether an attacker's site is let in.
func (w Who) Open() bool { return w == Weak || w == AnySite }

// Read says whose pages may read the answers.
type Read struct {
	Who         Who        `json:"who"`
	Credentials bool       `json:"credentials"` // with the user's cookies, or under some configuration
	Origins     []string   `json:"origins"`     // the ones named in the code; for Weak, the attacker's that was let in
	By          string     `json:"by"`          // the library or function that answers, "" if none does
	Evidence    []Evidence `json:"evidence"`
}

// Send says whose pages can have a browser send a request that gets to the
// handler, not counting a login.
type Send struct {
	Who      Who        `json:"who"`
	Stopped  []string   `json:"stopped"` // what refuses other sites' requests
	Evidence []Evidence `json:"evidence"`
}

// A Socket says whose pages may open the WebSocket.
type Socket struct {
	Who      Who        `json:"who"`
	Library  string     `json:"library"`
	Evidence []Evidence `json:"evidence"`
}

// A Change is something that the handler changes.
type Change struct {
	Kind string `json:"kind"` // database, files, process, http, mail, queue, cloud, store, memory, channel
	Call string `json:"call"`
	Code Place  `json:"code"`
}

// Evidence is a place that an answer rests on.
type Evidence struct {
	Text string `json:"text"`
	Code Place  `json:"code"`
}

// A Finding names a report that is about a route.
type Finding struct {
	ID          string           `json:"id"` // check/rule
	Severity    finding.Severity `json:"severity"`
	Message     string           `json:"message"`
	Code        Place            `json:"code"`
	Fingerprint string           `json:"fingerprint"`
}

// Unresolved is a registration that is missing in the map, or not whole in it.
type Unresolved struct {
	Code   Place  `json:"code"`
	Reason string `json:"reason"`
}

// Changing reports whether requests to the route change anything.
func (r *Route) Changing() bool { return len(r.Changes) > 0 }

// Exposed reports whether a page of an attacker's site can read the route's
// answers, open its WebSocket, or have it change something.
func (r *Route) Exposed() bool {
	return r.Read.Who.Open() || r.Socket != nil && r.Socket.Who.Open() || r.Send.Who.Open() && r.Changing()
}

// Takes reports whether requests of that method come to the handler.
func (r *Route) Takes(method string) bool {
	return slices.Contains(r.Methods, AnyMethod) || slices.ContainsFunc(r.Methods, func(m string) bool { return strings.EqualFold(m, method) })
}

// key tells routes of one map apart, and finds a route again in another.
func (r *Route) key() string { return strings.Join(r.Methods, ",") + " " + r.Pattern }

// Sort ends a map to which all packages were added: it brings it into the order
// that every output keeps, drops what is there twice, and makes lists that are
// empty not nil.
func (m *Map) Sort() {
	m.uncalled()
	slices.SortFunc(m.Routes, func(a, b Route) int {
		return cmp.Or(cmp.Compare(a.Pattern, b.Pattern), slices.Compare(a.Methods, b.Methods), cmp.Compare(a.Handler, b.Handler),
			comparePlaces(a.Registered, b.Registered), cmp.Compare(len(b.Middleware), len(a.Middleware)), cmp.Compare(a.Package, b.Package))
	})
	m.Routes = slices.CompactFunc(m.Routes, func(a, b Route) bool {
		return a.key() == b.key() && a.Handler == b.Handler && a.Registered == b.Registered
	})
	slices.SortFunc(m.Unresolved, func(a, b Unresolved) int {
		return cmp.Or(comparePlaces(a.Code, b.Code), cmp.Compare(a.Reason, b.Reason))
	})
	m.Unresolved = slices.Compact(m.Unresolved)
	for i := range m.Routes {
		m.Routes[i].fill()
	}
	m.Routes, m.Unresolved = filled(m.Routes), filled(m.Unresolved)
}

func (r *Route) fill() {
	r.Methods, r.Middleware, r.Authority = filled(r.Methods), filled(r.Middleware), filled(r.Authority)
	r.Changes, r.Findings = filled(r.Changes), filled(r.Findings)
	r.Read.Origins, r.Read.Evidence = filled(r.Read.Origins), filled(r.Read.Evidence)
	r.Send.Stopped, r.Send.Evidence = filled(r.Send.Stopped), filled(r.Send.Evidence)
	if r.Socket != nil {
		r.Socket.Evidence = filled(r.Socket.Evidence)
	}
}

func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func comparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// Rename replaces the names of files.
func (m *Map) Rename(rename func(file string) string) {
	for place := range m.places {
		if place.File != "" {
			place.File = rename(place.File)
		}
	}
}

// places yields all places in the map.
func (m *Map) places(yield func(*Place) bool) {
	for i := range m.Routes {
		for _, place := range m.Routes[i].places() {
			if !yield(place) {
				return
			}
		}
	}
	for i := range m.Unresolved {
		if !yield(&m.Unresolved[i].Code) {
			return
		}
	}
	for i := range m.Registrars {
		if !yield(&m.Registrars[i].Code) {
			return
		}
	}
}

func (r *Route) places() []*Place {
	list := []*Place{&r.Registered, &r.Code}
	for i := range r.Middleware {
		list = append(list, &r.Middleware[i].Code)
	}
	for i := range r.Changes {
		list = append(list, &r.Changes[i].Code)
	}
	for _, evidence := range r.Evidence() {
		for i := range evidence {
			list = append(list, &evidence[i].Code)
		}
	}
	return list
}

// Evidence lists what the answers about a route rest on: who reads, who sends,
// who opens the WebSocket.
func (r *Route) Evidence() [][]Evidence {
	all := [][]Evidence{r.Read.Evidence, r.Send.Evidence}
	if r.Socket != nil {
		all = append(all, r.Socket.Evidence)
	}
	return all
}

// Attach gives each route the findings that are about it: those in its handler,
// in what runs before it, where an answer about it rests, and at its
// registration.
func (m *Map) Attach(findings []finding.Finding) {
	for i := range m.Routes {
		r := &m.Routes[i]
		for j := range findings {
			if f := &findings[j]; !f.Suppressed && r.concerns(f) {
				r.Findings = append(r.Findings, Finding{ID: f.ID(), Severity: f.Severity, Message: f.Message, Fingerprint: f.Fingerprint,
					Code: Place{File: f.File, Line: f.Line, Column: f.Column, EndLine: f.EndLine}})
			}
		}
	}
}

func (r *Route) concerns(f *finding.Finding) bool {
	if r.Registered.Holds(f.File, f.Line) {
		// One line can register many routes, in a loop; the path of the report
		// leads to the handler that it is about.
		return len(f.Related) == 0 || slices.ContainsFunc(f.Related, func(related finding.Related) bool {
			return r.holds(related.File, related.Line) || slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Code.Holds(related.File, related.Line) })
		})
	}
	return r.holds(f.File, f.Line)
}

// holds reports whether a line is in the code that the route's requests run
// through, or is one that an answer about it rests on.
func (r *Route) holds(file string, line int) bool {
	if r.Code.Holds(file, line) {
		return true
	}
	for _, step := range r.Middleware {
		if step.Code.Holds(file, line) {
			return true
		}
	}
	return slices.ContainsFunc(r.Evidence(), func(list []Evidence) bool {
		return slices.ContainsFunc(list, func(e Evidence) bool { return e.Code.Holds(file, line) })
	})
}
