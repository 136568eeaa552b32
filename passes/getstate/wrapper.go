package getstate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/routes"
)

// wrappers are the ways that lead to changes, with the handlers that are named for
// reading and have them. Several handlers share one where a wrapper around them has
// it: what that notes of every request, for statistics say, is no handler's own
// doing.
type wrappers map[string]map[string]bool

func readWrappers(served []*routes.Served) wrappers {
	found := wrappers{}
	for _, s := range served {
		if names := namesOf(s); anyOf(names, verbs) || anyOf(names, leaving) {
			continue
		}
		for i := range s.Changes {
			way := wayTo(&s.Changes[i])
			if found[way] == nil {
				found[way] = map[string]bool{}
			}
			found[way][handlerOf(s)] = true
		}
	}
	return found
}

// handlerOf tells handlers apart, closures by what they captured.
func handlerOf(s *routes.Served) string {
	if strings.Contains(s.Handler, "$") {
		return s.Closure.Key()
	}
	return s.Handler
}

// wayTo tells the ways to changes apart, from the first call on: that of the
// handler is among them where a wrapper calls it.
func wayTo(c *routes.Change) string {
	var way strings.Builder
	for _, site := range append(slices.Clone(c.Calls), c.Site) {
		fmt.Fprintf(&way, "%s:%d ", site.Func.Name, site.Pos)
	}
	return way.String()
}

// has reports whether a change, one that destroys nothing, is made around another
// handler as well, which is named for reading.
func (w wrappers) has(s *routes.Served, c *routes.Change) bool {
	readers := w[wayTo(c)]
	return !c.Strong && len(readers) > 0 && !readers[handlerOf(s)]
}
