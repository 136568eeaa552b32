package routes

import (
	"cmp"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/flow"
)

// ByPath returns a handler of many paths as one for each path that it makes changes
// for, and one for the changes that it makes whatever the path is. A handler that
// does not look at the path is the only one.
func (r *Result) ByPath(s *Served) []*Served {
	var parts []*Served
	for _, c := range s.Changes {
		i := slices.IndexFunc(parts, func(p *Served) bool { return sameDispatch(p.dispatch, c.Dispatch) })
		if i < 0 {
			i = len(parts)
			parts = append(parts, r.part(s, c.Dispatch))
		}
		parts[i].Changes = append(parts[i].Changes, c)
	}
	return parts
}

// part returns a handler without changes as what it is for one path.
func (r *Result) part(s *Served, at *flow.Dispatch) *Served {
	part := *s
	part.Changes, part.dispatch = nil, at
	if at == nil {
		return &part
	}
	route := *s.Route
	route.Pattern = patternOf(s.Route.Pattern, at.Path)
	if r.Flow.InPackage(at.Site) {
		route.Site, part.registered = at.Site, s.Route.Site
	}
	part.Route = &route
	return &part
}

func sameDispatch(a, b *flow.Dispatch) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// patternOf returns the pattern of a path that a handler compares with: the path, or
// the rest of one below what the handler is registered for.
func patternOf(registered, path string) string {
	below := strings.TrimRight(cmp.Or(registered, "/"), "/*…")
	if strings.HasPrefix(path, below) {
		return path
	}
	return below + path
}

// servesSubtree reports whether a pattern is of more than one path.
func servesSubtree(pattern string) bool {
	return pattern == "" || strings.HasSuffix(pattern, "/") || strings.ContainsAny(pattern, "*…")
}
