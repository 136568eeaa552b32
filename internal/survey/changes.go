package survey

import (
	"cmp"
	"slices"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/surface"
	"github.com/soplint/soplint/internal/web"
)

// changes returns what a handler changes on requests with one of the methods.
// Bookkeeping is left out.
func (s *survey) changes(served *routes.Served, methods []string) []surface.Change {
	var found []surface.Change
	for _, name := range s.own(served) {
		for _, e := range s.effects.Of(name) {
			if e.Minor == "" {
				found = append(found, surface.Change{Kind: e.Kind.String(), Call: e.Call, Code: s.function(name)})
			}
		}
	}
	if isSafe(methods) && len(found) > 0 {
		found = s.changedBy(served, found)
	}
	slices.SortFunc(found, func(a, b surface.Change) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Call, b.Call), cmp.Compare(a.Code.File, b.Code.File), cmp.Compare(a.Code.Line, b.Code.Line))
	})
	return slices.CompactFunc(found, func(a, b surface.Change) bool { return a.Kind == b.Kind && a.Call == b.Call })
}

// isSafe reports whether all methods are ones that are meant to change nothing.
func isSafe(methods []string) bool {
	return !slices.ContainsFunc(methods, func(m string) bool { return m != "GET" && m != "HEAD" && m != "OPTIONS" })
}

// changedBy leaves of the changes those that a GET comes to: a handler that is
// served by POST, too, can tell the methods apart.
func (s *survey) changedBy(served *routes.Served, all []surface.Change) []surface.Change {
	if served.Closure == nil {
		return all
	}
	fn := s.changing.Engine.Code.Func(served.Closure.Name)
	if fn == nil {
		return all
	}
	run := s.changing.Engine.Replay(served.Closure.Root(fn), &flow.Request{Method: "GET", Host: web.Host})
	if run.Exhausted {
		return all
	}
	reached := map[string]bool{}
	for _, event := range run.Events {
		if event.Kind == flow.Changed {
			for _, e := range s.effectsOf(event) {
				reached[e.Call] = true
			}
		}
	}
	return slices.DeleteFunc(all, func(c surface.Change) bool { return !reached[c.Call] })
}

func (s *survey) effectsOf(event *flow.Event) []effect.Effect {
	if event.Key != "" {
		return s.effects.Of(event.Key)
	}
	return s.effects.Of(event.Site.Func.Name)
}

// own are the functions whose changes are the route's: the handler, or where
// wrappers hold it, all of them.
func (s *survey) own(served *routes.Served) []string {
	if served.Closure == nil || served.Handler != served.Closure.Name {
		return []string{served.Handler}
	}
	return held(served.Closure)
}
