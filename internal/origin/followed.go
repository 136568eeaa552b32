package origin

import (
	"maps"
	"slices"

	"github.com/soplint/soplint/internal/flow"
)

// A Followed is a function of which its own package knows all that a request can
// have it do, unless the package variables that its code names hold something else:
// whoever hands it out as it is need not follow it again.
//
// Those are left out that come to places of their own package where an attacker is
// let in: who else leads there decides whether such a place is reported.
type Followed struct {
	Function  string
	Variables []string // sorted
}

// minFollowed is how many instructions the replays of a function take at least for it
// to be worth keeping. Most functions take less to follow than to keep.
const minFollowed = 1_000

// A following is what the replays of a function, and of those that it hands out, have
// come by.
type following struct {
	called map[string]bool // functions
	open   bool            // a place of this package that others may visit, or something that was not replayed
}

// note adds what a replay came by.
func (f *following) note(s *search, root flow.Root, run *flow.Run) {
	f.called[root.Func.Name] = true
	maps.Copy(f.called, run.Called)
	f.open = f.open || run.Unpaid || slices.ContainsFunc(run.Events, func(e *flow.Event) bool {
		return s.flow.InPackage(e.Named) && (opens(e) || e.Kind == flow.HeaderWrite && e.Key == AllowOrigin)
	})
}

// follow replays requests from a root, and notes it where others need not follow it
// again.
func (s *search) follow(root flow.Root) *flow.Run {
	outer, before := s.following, s.flow.Steps()
	s.following = &following{called: map[string]bool{}}
	run := s.root(root)
	own := s.following
	s.following = outer
	maps.Copy(outer.called, own.called)
	outer.open = outer.open || own.open
	if own.open || run.Exhausted || s.flow.Steps()-before < minFollowed || s.flow.Path != root.Func.Program().Path {
		return run
	}
	if len(s.around)+len(s.before) == 0 && root.IsPlain() {
		if variables := s.flow.Variables(own.called); !root.Finds(variables) {
			s.kept = append(s.kept, Followed{root.Func.Name, variables})
		}
	}
	return run
}

// isFollowed reports whether a function value is one that another package has followed,
// as it is here.
func (s *search) isFollowed(c *flow.Closure) bool {
	variables, known := s.followed[c.Name]
	if !known {
		return false
	}
	root := c.Root(s.flow.Engine.Code.Func(c.Name))
	return root.IsPlain() && !root.Finds(variables)
}
