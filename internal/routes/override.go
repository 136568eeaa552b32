package routes

import (
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/web"
)

// override returns the request as which a form comes to a route, if one can: with
// the route's method, and the Origin that browsers add to a POST.
func (s *search) override(served *Served) *flow.Request {
	method := overridable(served.Route.Methods)
	if method == "" || slices.ContainsFunc(served.Route.Steps, s.isGuard) {
		return nil
	}
	for i := range served.Route.Steps {
		step := &served.Route.Steps[i]
		if !step.Early {
			continue
		}
		if at, found := s.result.Flow.Overrides(step); found {
			served.Overrides = &at
			return &flow.Request{Method: method, Origin: web.Any, Host: web.Host}
		}
	}
	return nil
}

// isGuard reports whether a step is of a library that refuses what forms of other
// sites send.
func (s *search) isGuard(step flow.Step) bool {
	return step.Configured.Protects() || step.Configured != nil && origin.RefusesStrangers(s.result.Flow, step.Configured)
}

// overridable returns the method of a route that only an overridden form reaches,
// "" if there is none.
func overridable(methods []string) string {
	for _, m := range methods {
		if m == "PUT" || m == "PATCH" || m == "DELETE" {
			return m
		}
	}
	return ""
}
