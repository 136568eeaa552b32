package flow

import (
	"go/token"
	"slices"

	"github.com/soplint/soplint/internal/ir"
)

// A way is the arm of a choice by configuration that a path has taken and that it
// has not left yet: its other arms have not met it. What is done there is done under
// that condition only.
type way struct {
	outer *way
	frame string // tells the calls apart in which the choice is made
	meets int32  // the block where the arms meet, -1 for the function's end
	site  Site
	block int32 // that the choice ends
	about *Value
	truth bool
}

// enter notes that a path takes an arm of a choice.
func (s *state) enter(meets int32, site Site, about *Value, truth bool) {
	s.way = &way{s.way, s.top.id, meets, site, s.top.block, about, truth}
}

// leave forgets the arms that end at the head of the current block.
func (s *state) leave() {
	for s.way != nil && s.way.frame == s.top.id && s.way.meets == s.top.block {
		s.way = s.way.outer
	}
}

// leaveCall forgets the arms that end with the current call.
func (s *state) leaveCall() {
	for s.way != nil && s.way.frame == s.top.id {
		s.way = s.way.outer
	}
}

// under marks middleware with the way on which a router is given it.
func (s *state) under(added []*Value) []*Value {
	if s.way == nil {
		return added
	}
	marked := make([]*Value, len(added))
	for i, v := range added {
		conditional := *v
		conditional.way = s.way
		marked[i] = &conditional
	}
	return marked
}

// An arm is one of the two ways that a condition leaves open.
type arm struct {
	function string
	block    int32
	truth    bool
}

func (w *way) arm(truth bool) arm { return arm{w.site.Func.Name, w.block, truth} }

// armed notes that routers are given something on a way: who is not given it under
// one condition is no worse off if he is given something else.
func (m *machine) armed(w *way) {
	for ; w != nil; w = w.outer {
		m.arms[w.arm(w.truth)] = true
	}
}

// A perhaps is a step that a router is given on some way only.
type perhaps struct {
	step Step
	at   Site
}

// addConditional gives a route the steps of its routers that are put there before it on another
// way than the one on which the route was met first, and says of all of its steps
// whether they are missing under some setting.
func (m *machine) addConditional(r *Route) {
	registered := append([]*Route{r}, r.mounts...)
	for _, router := range r.routers {
		for _, p := range m.perhaps[router] {
			before := !slices.ContainsFunc(registered, func(at *Route) bool { return p.at.Func == at.Made.Func && p.at.Pos >= at.Made.Pos })
			if before && !within(registered, p.step.way) && !slices.ContainsFunc(r.Steps, func(s Step) bool { return s.key == p.step.key }) {
				r.Steps = append(r.Steps, p.step)
			}
		}
	}
	for i := range r.Steps {
		r.Steps[i].Missing = m.missing(r.Steps[i].way, registered)
	}
}

// within reports whether one of the registrations that lead to a handler is on a way.
func within(registered []*Route, way *way) bool {
	return slices.ContainsFunc(registered, func(at *Route) bool { return at.way.within(way) })
}

// missing returns the setting under which a route lacks a step that its router is
// given on another way: one that lacks it as long as nothing is set. It returns nil
// where the step is always there, or is unless somebody does without it.
func (m *machine) missing(step *way, registered []*Route) *Decider {
	for w := step; w != nil && !within(registered, w); w = w.outer {
		truth, known := unset(w.about)
		if text := describe(w.about); known && truth != w.truth && text != "" && !m.arms[w.arm(truth)] {
			return &Decider{Site: w.site, Block: w.block, Text: text, Empty: aboutEmpty(w.about), Nil: aboutNil(w.about)}
		}
	}
	return nil
}

// within reports whether a path on w is on another way as well.
func (w *way) within(other *way) bool {
	for ; w != nil; w = w.outer {
		if w == other {
			return true
		}
	}
	return false
}

// unset returns what a condition is as long as the settings that it is about have
// their zero values; known is false where it is not about settings alone.
func unset(cond *Value) (truth, known bool) {
	switch {
	case cond.Taint != 0 || cond.Kind != Unknown:
	case len(cond.Elems) == 0:
		return false, cond.Type.Kind == ir.Bool && isSetting(cond.Text)
	case cond.Path == "!":
		truth, known = unset(cond.Elems[0])
		return !truth, known
	case comparisons[cond.Path] != token.ILLEGAL:
		x, y := cond.Elems[0], cond.Elems[1]
		if v := operate(comparisons[cond.Path], unsetBeside(x, y), unsetBeside(y, x)); v != nil && v.Kind == Bool {
			return v.True(), true
		}
	}
	return false, false
}

var comparisons = map[string]token.Token{
	"==": token.EQL, "!=": token.NEQ, "<": token.LSS, "<=": token.LEQ, ">": token.GTR, ">=": token.GEQ,
}

// unsetBeside is a setting's zero value, of the kind of what it is compared with.
func unsetBeside(v, other *Value) *Value {
	switch {
	case v.Kind != Unknown || !isSetting(v.Text):
		return v
	case other.Kind == Nil:
		return nilValue
	}
	return zeroOf(v.Type)
}
