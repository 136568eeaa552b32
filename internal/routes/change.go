package routes

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/ssax"
)

// places notes where the package's own code changes something, or may.
func (s *search) places(pkg *ssax.Package) {
	s.source, s.acting, s.dynamic = pkg, map[token.Pos]ssa.Instruction{}, map[token.Pos]bool{}
	for _, fn := range pkg.Funcs {
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
func (s *search) change(served *Served, run *flow.Run, event *flow.Event) {
	effects := s.effectsOf(event)
	if len(effects) == 0 || !served.does(event) {
		return
	}
	here := func(e *flow.Event) bool { return e.Kind == flow.Changed && e.Site == event.Site }
	strength := flow.Strength{Regardless: true, Avoid: upgrades}
	if !run.Reaches(here, strength) {
		return
	}
	var lack Lack
	if loopholes := run.Loopholes(here, strength); !lack.add(s.serving.LeftOpen(loopholes), loopholes) {
		return
	}
	given := s.given(event)
	var dispatch *flow.Dispatch
	if served.Route != nil && servesSubtree(served.Route.Pattern) {
		dispatch = run.Dispatch(here, strength)
	}
	for _, found := range effects {
		served.Changes = append(served.Changes, Change{Effect: found, Site: event.Site, Calls: event.Calls, Given: given, Lack: lack, Dispatch: dispatch})
	}
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
	switch {
	case s.changing.InPackage(event.Site) && s.acting[event.Site.Pos] != nil:
		return s.effects.At(s.acting[event.Site.Pos])
	case s.changing.InPackage(event.Site) && !s.dynamic[event.Site.Pos]:
		return nil
	case event.Key != "":
		return slices.DeleteFunc(slices.Clone(s.effects.Of(event.Key)), func(e effect.Effect) bool {
			return e.In >= 0 && e.In < len(event.Own) && event.Own[e.In]
		})
	}
	return slices.DeleteFunc(slices.Clone(s.effects.Of(event.Site.Func.Name)), func(own effect.Effect) bool {
		return len(own.Path) > 0 || own.Kind != effect.Memory && own.Kind != effect.Channel
	})
}
