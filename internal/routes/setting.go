package routes

import (
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/rule"
)

// A Lack is the settings that decide whether something stands before a handler that
// would refuse a request: as long as none of them is set, nothing does.
type Lack []*flow.Decider

// lets reports whether a step that refuses the request is missing as long as nothing
// is set, and notes the setting.
func (l *Lack) lets(step *flow.Step, pkg *flow.Package) bool {
	if step.Missing == nil || pkg.Given(step.Missing) {
		return false
	}
	l.note(step.Missing)
	return true
}

// add notes the settings on which a way past checks depends, of those on which it
// might. It reports whether there is such a way: whether some are left, or none are
// needed.
func (l *Lack) add(left, needed []flow.Decider) bool {
	for i := range left {
		l.note(&left[i])
	}
	return len(left) > 0 || len(needed) == 0
}

func (l *Lack) note(decider *flow.Decider) {
	if !slices.ContainsFunc(*l, func(d *flow.Decider) bool { return d.Text == decider.Text }) {
		*l = append(*l, decider)
	}
}

// And returns the settings of both.
func (l Lack) And(other Lack) Lack {
	both := slices.Clone(l)
	for _, d := range other {
		both.note(d)
	}
	return both
}

// Settle lowers the severity of a report about a request that nothing refuses as
// long as nothing is set, and names the setting.
func (l Lack) Settle(flows *flow.Package, report *rule.Report) {
	if len(l) == 0 {
		return
	}
	report.Severity = origin.Settled(report.Severity, l[0])
	report.Message = "depending on " + l[0].Text + ", " + report.Message
	for _, d := range l {
		flows.Relate(report, d.Site, d.Text+" decides here whether such requests are refused")
	}
}
