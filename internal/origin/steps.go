package origin

import (
	"slices"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// stopped reports whether what runs before the current root refuses a request, and
// the constants that it compares it with. Where that is missing as long as a setting
// is not made, which the package does not make itself, or checks requests only under
// one, it returns the setting.
func (s *search) stopped(request *flow.Request) (stopped bool, lacks []flow.Decider, literals []string) {
	for i := range s.before {
		p := s.pass(&s.before[i], request)
		switch missing := s.before[i].Missing; {
		case p.Passes && !p.Unpaid:
			open := s.flow.LeftOpen(p.Lacks)
			lacks = append(lacks, open...)
			stopped = stopped || len(p.Lacks) > 0 && len(open) == 0
		case missing != nil && !s.flow.Given(missing):
			lacks = append(lacks, *missing)
		default:
			stopped = true
		}
		literals = append(literals, p.Literals...)
	}
	return stopped, lacks, literals
}

func (s *search) pass(step *flow.Step, request *flow.Request) flow.Passage {
	key := step.Key() + " " + request.Method + " " + request.Origin + " " + request.Host
	p, asked := s.passed[key]
	if !asked {
		if step.Configured != nil {
			p.Passes = !s.configuredRefuses(step.Configured, request.Origin)
		} else {
			p = s.flow.Engine.Pass(step, request)
		}
		if !p.Unpaid {
			s.passed[key] = p // else somebody else may have enough left to find out
		}
	}
	return p
}

// configuredRefuses reports whether what a library made refuses requests with
// that origin. One whose configuration is not known is taken to refuse none.
func (s *search) configuredRefuses(event *flow.Event, origin string) bool {
	refuses, known := refusesOrigin(s.flow, event, origin)
	return known && refuses
}

// RefusesStrangers reports whether what a library made answers the requests
// of pages of other sites with a refusal, and not only their preflights. One whose
// configuration is not known is taken to.
func RefusesStrangers(p *flow.Package, event *flow.Event) bool {
	return !slices.ContainsFunc(web.Attackers(nil), func(a web.Attacker) bool {
		refuses, known := refusesOrigin(p, event, a.Origin)
		return known && !refuses
	})
}

// refusesOrigin says whether requests with that origin are refused. A list that
// comes from outside holds no attacker.
func refusesOrigin(p *flow.Package, event *flow.Event, origin string) (refuses, known bool) {
	if event.Row.Role == "token.new" {
		return AsksForToken(event), true
	}
	library := corsconfig.Lookup(event.Row.Arg("library"))
	if event.Row.Arg("refuses") != "true" || library == nil || library.Answer == nil {
		return false, true
	}
	c, known := readConfiguration(p.Engine, event)
	return library.Answer(versionOf(p, event.Row), c.parts, origin).AllowOrigin == "", known
}
