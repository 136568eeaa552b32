package routes

import (
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/origin"
)

// stopped reports whether what runs before a handler refuses the request.
func (s *search) stopped(served *Served, request *flow.Request) bool {
	return slices.ContainsFunc(served.Route.Steps, func(step flow.Step) bool {
		switch {
		case s.result.Flow.Engine.ProtectsGETs(&step):
			return true
		case step.Configured != nil:
			return origin.AsksForToken(step.Configured) && !served.Lack.lets(&step, s.serving)
		}
		return !s.passes(s.result.Flow.Engine, &step, request, &served.Lack) && !served.Lack.lets(&step, s.serving)
	})
}

// passes reports whether a request gets past a step, and notes in lack the settings
// on which that depends.
func (s *search) passes(engine *flow.Engine, step *flow.Step, request *flow.Request, lack *Lack) bool {
	passage := s.passage(engine, step, request)
	return passage.Passes && lack.add(s.serving.LeftOpen(passage.Lacks), passage.Lacks)
}

// passage sends a request to a step, once for all handlers behind it.
func (s *search) passage(engine *flow.Engine, step *flow.Step, request *flow.Request) flow.Passage {
	key := request.Method + step.Key()
	if contentType, given := request.Headers["content-type"]; given {
		key += "\x00" + contentType
	}
	passage, asked := s.passages[key]
	if !asked {
		passage = engine.Pass(step, request)
		s.passages[key] = passage
	}
	return passage
}
