package routes

import (
	"fmt"
	"slices"

	"github.com/soplint/soplint/internal/flow"
)

// A Registrar is a function that registers what it is given to serve. Its routes
// are those of the calls of it.
type Registrar struct {
	Name string
	Site flow.Site
}

// leaveOpen records what a replay did not find out.
func (s *search) leaveOpen(root flow.Root, run *flow.Run) {
	for _, r := range run.Open {
		if !s.isHome(r) {
			continue
		}
		if r.Handler != "" {
			s.result.Served = append(s.result.Served, &Served{Route: r, Handler: r.Handler})
			continue
		}
		s.unresolved(Unresolved{Route: r, Site: r.Site, Reason: r.Open})
	}
	if run.Registrar {
		s.result.Registrars = append(s.result.Registrars, Registrar{root.Func.Name, flow.Site{Func: root.Func, Pos: root.Func.Pos}})
	}
	if run.Exhausted {
		s.unresolved(Unresolved{Site: flow.Site{Func: root.Func, Pos: root.Func.Pos}, Reason: "the function is too large to be followed to its end"})
	}
	for name := range run.Called {
		s.result.Called[name] = true
	}
	for site := range run.Resolved {
		s.resolved[site] = true
	}
}

// leaveRouters records the routers that code gets which is not at hand.
func (s *search) leaveRouters() {
	for _, handed := range s.serving.Handed() {
		if !handed.Open {
			s.unresolved(Unresolved{Site: handed.Site, Reason: "what " + handed.To + " may register with the router that it is given: its code is in another module"})
		} else if !s.resolved[handed.Site] {
			s.unresolved(Unresolved{Site: handed.Site, Reason: "what " + handed.To + " may register with the router that it is given: it is not known what is called"})
		}
	}
}

// unresolved records a registration once, however many roots come to it.
func (s *search) unresolved(u Unresolved) {
	if !slices.ContainsFunc(s.result.Unresolved, func(known Unresolved) bool {
		return known.Site == u.Site && known.Reason == u.Reason && known.pattern() == u.pattern()
	}) {
		s.result.Unresolved = append(s.result.Unresolved, u)
	}
}

// pattern is the pattern of the route, "" without one.
func (u *Unresolved) pattern() string {
	if u.Route == nil {
		return ""
	}
	return u.Route.Pattern
}

// Text says what is not known, in one clause.
func (u *Unresolved) Text() string {
	if u.Route == nil {
		return u.Reason
	}
	return fmt.Sprintf("route %q: %s", u.pattern(), u.Reason)
}
