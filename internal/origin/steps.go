package origin

import (
	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// stopped reports whether what runs before the current root refuses requests
// with that origin, and the constants that it compares them with.
func (s *search) stopped(origin string) (stopped bool, literals []string) {
	for i := range s.before {
		if s.before[i].Holder && !s.flow.Mentions(s.before[i].Name, "route.next") {
			continue // it has the router for something else
		}
		p := s.pass(&s.before[i], origin)
		stopped = stopped || !p.Passes
		literals = append(literals, p.Literals...)
	}
	return stopped, literals
}

func (s *search) pass(step *flow.Step, origin string) flow.Passage {
	key := step.Key() + " " + origin
	p, asked := s.passed[key]
	if !asked {
		if step.Configured != nil {
			p.Passes = !s.configuredRefuses(step.Configured, origin)
		} else {
			p = s.flow.Engine.Pass(step, &flow.Request{Origin: origin, Host: web.Host})
		}
		s.passed[key] = p
	}
	return p
}

// configuredRefuses reports whether a CORS library answers requests themselves,
// and not only preflights, with a refusal where it does not know the origin. A
// list that comes from outside holds no attacker.
func (s *search) configuredRefuses(event *flow.Event, origin string) bool {
	library := corsconfig.Lookup(event.Row.Arg("library"))
	if event.Row.Arg("refuses") != "true" || library == nil || library.Answer == nil {
		return false
	}
	c, known := readConfiguration(s.flow.Engine, event)
	return known && library.Answer(s.version(event.Row), c.parts, origin).AllowOrigin == ""
}
