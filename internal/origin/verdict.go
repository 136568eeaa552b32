package origin

import "github.com/soplint/soplint/internal/flow"

// A verdict is a replay of a program's own predicate that accepted an attacker.
type verdict struct {
	run      *flow.Run
	accepted func(*flow.Event) bool
}

// judged returns the verdict of a replayed predicate, whose results accept as
// accepts says; nil if it refuses the attacker.
func judged(run *flow.Run, accepts func(results []*flow.Value) bool) *verdict {
	accepted := func(e *flow.Event) bool { return e.Kind == flow.Returned && accepts(e.Args) }
	if !run.Reaches(accepted, flow.Possible) {
		return nil
	}
	return &verdict{run: run, accepted: accepted}
}

// certain reports whether the predicate accepts under every configuration.
func (v *verdict) certain() bool { return v == nil || v.run.Reaches(v.accepted, flow.Certain) }

// apply takes over what the verdict rests on: the checks that were passed, and
// the settings that decide where it is not certain.
func (v *verdict) apply(w *Write) {
	if v == nil {
		return
	}
	w.Checks = v.run.Checks
	if !v.certain() {
		w.Certain = false
		w.within = v.run.Deciders(v.accepted)
		w.Switches = append(w.Switches, w.within...)
	}
}

// needsCookie reports whether the predicate accepts only requests with a cookie, and
// returns its name, "" where that is not known.
func (v *verdict) needsCookie() (name string, needs bool) {
	if v == nil || !v.certain() {
		return "", false
	}
	return v.run.NeedsCookie(v.accepted)
}
