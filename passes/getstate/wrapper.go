package getstate

import (
	"strings"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/routes"
)

// wrappers are the places where handlers begin what changes state, with the
// handlers that do so there and are named for reading. Several handlers share one
// where a wrapper around them has it: what that notes of every request, for
// statistics say, is no handler's own doing.
type wrappers map[flow.Site]map[string]bool

func readWrappers(served []*routes.Served) wrappers {
	found := wrappers{}
	for _, s := range served {
		if names := namesOf(s); anyOf(names, verbs) || anyOf(names, leaving) {
			continue
		}
		for i := range s.Changes {
			place := beginning(&s.Changes[i])
			if found[place] == nil {
				found[place] = map[string]bool{}
			}
			found[place][handlerOf(s)] = true
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

// beginning is where the handler, or what is around it, starts on the way to a change.
func beginning(c *routes.Change) flow.Site {
	if len(c.Calls) > 0 {
		return c.Calls[0]
	}
	return c.Site
}

// has reports whether a change, one that destroys nothing, is made around another
// handler as well, which is named for reading.
func (w wrappers) has(s *routes.Served, c *routes.Change) bool {
	readers := w[beginning(c)]
	return !c.Strong && len(readers) > 0 && !readers[handlerOf(s)]
}
