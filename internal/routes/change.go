package routes

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/flow"
)

// actingAt returns the instruction of this package's that changes something there, nil
// for none; dynamic says that it is a call of a function value, of which only a replay
// knows what it calls.
func (s *search) actingAt(pos token.Pos) (acting ssa.Instruction, dynamic bool) {
	if s.acting == nil {
		s.noteActing()
	}
	return s.acting[pos], s.dynamic[pos]
}

func (s *search) noteActing() {
	s.acting, s.dynamic = map[token.Pos]ssa.Instruction{}, map[token.Pos]bool{}
	for _, fn := range s.source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if s.effects.Acts(instr) {
					s.acting[instr.Pos()] = instr
				} else if call, ok := instr.(ssa.CallInstruction); ok && !call.Common().IsInvoke() && call.Common().StaticCallee() == nil {
					s.dynamic[instr.Pos()] = true
				}
			}
		}
	}
}

// change records what an event changes, if the request gets there whatever
// guards decide.
func (s *search) change(served *Served, run *flow.Run, event *flow.Event, possible flow.Strength) {
	effects := s.effectsOf(event)
	if len(effects) == 0 || !served.does(event) {
		return
	}
	if !run.ReachesLike(event, possible) {
		return
	}
	here := func(e *flow.Event) bool { return e.Kind == flow.Changed && e.Site == event.Site }
	var lack Lack
	if loopholes := run.Loopholes(here, possible); !lack.add(s.serving.LeftOpen(loopholes), loopholes) {
		return
	}
	given := s.given(event)
	var dispatch *flow.Dispatch
	if served.Route != nil && servesSubtree(served.Route.Pattern) {
		dispatch = run.Dispatch(here, possible)
	}
	for _, found := range effects {
		if s.takesBack(event, found) {
			continue
		}
		served.Changes = append(served.Changes, Change{Effect: found, Site: event.Site, Calls: event.Calls, Given: given, Lack: lack, Dispatch: dispatch})
	}
}

// takesBack reports whether what an event changes is changed back when the function is
// left in which it does so, or one on the way there.
func (s *search) takesBack(event *flow.Event, change effect.Effect) bool {
	return s.effects.Passes(event.Site.Func.Name, change) || slices.ContainsFunc(event.Calls, func(call flow.Site) bool {
		return s.effects.Passes(call.Func.Name, change)
	})
}

// given reports whether the request decides about what an event changes: about one
// of those arguments of the call that are written, named or executed.
func (s *search) given(event *flow.Event) bool {
	known := s.effects.Of(event.Key)
	if len(known) == 0 { // also where the text that a library is given says what it does
		return slices.Contains(event.Given, true)
	}
	return slices.ContainsFunc(known, func(e effect.Effect) bool {
		return slices.ContainsFunc(e.Params, func(i int) bool { return i < len(event.Given) && event.Given[i] })
	})
}

// effectsOf returns what an event changes. Of writes in other packages only the
// function is known that they stand in, with what it writes itself.
func (s *search) effectsOf(event *flow.Event) []effect.Effect {
	if s.changing.InPackage(event.Site) {
		switch instr, dynamic := s.actingAt(event.Site.Pos); {
		case instr != nil:
			return s.effects.At(instr)
		case !dynamic:
			return nil
		}
	}
	if event.Key != "" {
		return slices.DeleteFunc(slices.Clone(s.effects.Of(event.Key)), func(e effect.Effect) bool {
			return e.In >= 0 && e.In < len(event.Own) && event.Own[e.In]
		})
	}
	return slices.DeleteFunc(slices.Clone(s.effects.Of(event.Site.Func.Name)), func(own effect.Effect) bool {
		return len(own.Path) > 0 || own.Kind != effect.Memory && own.Kind != effect.Channel
	})
}
