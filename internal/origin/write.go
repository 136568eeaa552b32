package origin

import (
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// LastCheck is the text of the last check that the attacker passes, "" if there
// is none.
func (w *Write) LastCheck() string {
	if len(w.Checks) == 0 {
		return ""
	}
	return w.Checks[len(w.Checks)-1].Text
}

// Decider returns the setting to name where one decides, nil if none does: one
// inside a predicate rather than one around it.
func (w *Write) Decider() *flow.Decider {
	if w.Certain {
		return nil
	}
	if d := w.DeciderWithin(); d != nil {
		return d
	}
	return foremost(w.Switches)
}

// DeciderWithin returns the setting that decides what a predicate of the program
// answers, nil if none does.
func (w *Write) DeciderWithin() *flow.Decider { return foremost(w.within) }

// foremost returns, of several settings, one that opens the server where it is
// on, or where nothing is set, rather than one that has to be off; among those
// one that gets around a check of the origin; and then the last on the way.
func foremost(settings []flow.Decider) *flow.Decider {
	var best *flow.Decider
	rank := func(d *flow.Decider) int {
		switch {
		case d.Opens && d.Bypass:
			return 3
		case d.Opens:
			return 2
		case d.Bypass:
			return 1
		}
		return 0
	}
	for i := range settings {
		if best == nil || rank(&settings[i]) >= rank(best) {
			best = &settings[i]
		}
	}
	return best
}

// Settled lowers a severity by one where a setting of the program decides, and to
// a note where that is a switch for developers by its name: it is on where the
// server is worked on, and who serves others has it off.
func (w *Write) Settled(s finding.Severity) finding.Severity {
	if w.Certain {
		return s
	}
	return Settled(s, w.Decider())
}

// Settled does so where the setting, which may be nil, is known to decide.
func Settled(s finding.Severity, d *flow.Decider) finding.Severity {
	if d != nil && web.ForDevelopers(d.Text, d.Opens) {
		return finding.Note
	}
	return max(finding.Note, s-1)
}

// Narrow lowers a severity to a warning where only a page on a sibling
// sub-domain is let in.
func (w *Write) Narrow(s finding.Severity) finding.Severity {
	if w.Attacker.Foothold == web.Sibling {
		return min(s, finding.Warning)
	}
	return s
}
