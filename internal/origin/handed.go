package origin

import (
	"slices"

	"github.com/soplint/soplint/internal/flow"
)

// handedOut replays requests from a closure that a replay handed out, with what it
// is handed out under.
func (s *search) handedOut(run *flow.Run, c *flow.Closure) {
	if !s.isNew(c) {
		s.following.open = s.following.open || s.touches(c) // it was followed before: what it came by is not known any more
		return
	}
	around, before, handed := s.around, s.before, s.handed
	s.around = append(slices.Clone(around), context(run, c.Event)...)
	if c.Route != nil {
		s.before = append(slices.Clone(before), c.Route.Steps...)
	}
	if s.flow.InPackage(c.Event.Site) {
		s.handed = c.Event.Site
	}
	if len(s.around)+len(s.before) > 0 || c.Route != nil || !s.isFollowed(c) {
		s.closure(c)
	}
	s.around, s.before, s.handed = around, before, handed
}

// closure replays requests from a function value that was handed out. What it
// captured is entered only through it: a check in it, of a middleware say, comes
// before whatever the captured functions do.
func (s *search) closure(c *flow.Closure) {
	if !s.isNew(c) {
		return
	}
	s.entered[c.Key()] = true
	if run := s.follow(c.Root(s.flow.Engine.Code.Func(c.Name))); !run.Exhausted {
		s.enter(c.Held)
		return
	}
	for i := range c.Held {
		s.closure(&c.Held[i])
	}
}

// isNew reports whether a function value was not entered yet and touches anything
// that is reported on.
func (s *search) isNew(c *flow.Closure) bool { return !s.entered[c.Key()] && s.touches(c) }

func (s *search) touches(c *flow.Closure) bool {
	return s.flow.Touches(c.Name) || s.holdsServer(c) || slices.ContainsFunc(c.Held, func(held flow.Closure) bool { return s.touches(&held) })
}

// enter notes that the replay of what holds the functions has decided whether
// and how they are entered.
func (s *search) enter(held []flow.Closure) {
	for _, c := range held {
		s.entered[c.Name], s.decided[c.Name] = true, true
		s.enter(c.Held)
	}
}

// callersDecide reports whether a function is called by nothing but functions that
// are decided: what they check before they call it comes before whatever it does.
func (s *search) callersDecide(name string) bool {
	found := false
	seen := map[string]bool{name: true}
	for work := []string{name}; len(work) > 0; work = work[1:] {
		callers, all := s.flow.Callers(work[0])
		if !all || len(callers) == 0 {
			return false
		}
		for _, caller := range callers {
			if s.decided[caller] {
				found = true
			} else if !seen[caller] {
				seen[caller] = true
				work = append(work, caller)
			}
		}
	}
	return found
}

// context returns the settings that decide which values a closure captures.
func context(run *flow.Run, escaped *flow.Event) []flow.Decider {
	return conditions(run,
		func(e *flow.Event) bool { return e.Kind == flow.Escaped && e.Key == escaped.Key },
		func(e *flow.Event) bool { return e.Same(escaped) })
}

// conditions returns the settings that decide about an event, of those that do
// not merely decide whether there is any of its kind.
func conditions(run *flow.Run, anyOfKind, here func(*flow.Event) bool) []flow.Decider {
	reach := run.Deciders(anyOfKind)
	return slices.DeleteFunc(run.Deciders(here), func(d flow.Decider) bool {
		isReach := slices.ContainsFunc(reach, func(other flow.Decider) bool { return other.Text == d.Text })
		return isReach && !d.Bypass && !d.Wildcard
	})
}
