package routes

import (
	"fmt"
	"slices"

	"github.com/soplint/soplint/internal/flow"
)

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
	if run.Exhausted {
		s.unresolved(Unresolved{Site: flow.Site{Func: root.Func, Pos: root.Func.Pos}, Reason: "the function is too large to be followed to its end"})
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
	return fmt.Sprintf("route %q is left out: %s", u.pattern(), u.Reason)
}
