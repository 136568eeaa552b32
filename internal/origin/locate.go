package origin

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/web"
)

// ReportCORS reports what a pass makes of each write and of each policy; the
// second result of a judgement says whether there is anything to report.
func (r *Result) ReportCORS(pass *analysis.Pass, write func(*Write) (rule.Report, bool), policy func(*Policy) (rule.Report, bool)) *rule.Result {
	reporter := rule.NewReporter(pass)
	for _, w := range r.Writes {
		if report, ok := write(w); ok {
			r.locate(&report, w, "the header is set here")
			r.through(&report, []flow.Site{w.Site})
			reporter.Report(report)
		}
	}
	r.ReportVisits(reporter, r.Written)
	for _, p := range r.Policies {
		if report, ok := policy(p); ok {
			r.locatePolicy(&report, p)
			reporter.Report(report)
		}
	}
	return reporter.Result()
}

// locate gives a report about w its place and the path that led there. The text
// says what is done at w's own place.
func (r *Result) locate(report *rule.Report, w *Write, text string) {
	at := w.at(r.Flow)
	if w.Read == nil || !r.Flow.InPackage(*w.Read) {
		r.Flow.Stand(report, w.Site, at.Pos)
	} else {
		report.Pos = at.Pos
	}
	if w.Read != nil {
		r.Flow.Relate(report, *w.Read, "the Origin header is read here")
	}
	if w.Attacker.Foothold != web.AnySite {
		for _, c := range w.Checks {
			r.Flow.Relate(report, c.Site, fmt.Sprintf("the check %s accepts %s", c.Text, w.Attacker.Origin))
		}
	}
	for _, call := range w.Calls {
		if call != at || report.Stands != nil {
			r.Flow.Relate(report, call, "called from here")
		}
	}
	if report.Stands != nil && at == w.handed {
		r.Flow.Relate(report, at, "what is given here lets them in")
	}
	if at != w.Site {
		r.Flow.Relate(report, w.Site, text)
	}
	for _, d := range w.Switches {
		r.Flow.Relate(report, d.Site, d.Text+" decides here")
	}
}

// at is the place of a write in the package under analysis: of the header, or of
// the last call on the way there, or where the handler is handed out that comes
// there.
func (w *Write) at(p *flow.Package) flow.Site {
	if p.InPackage(w.Site) {
		return w.Site
	}
	for _, call := range slices.Backward(w.Calls) {
		if p.InPackage(call) {
			return call
		}
	}
	if p.InPackage(w.handed) {
		return w.handed
	}
	return flow.Site{}
}

// locatePolicy gives a report about p its place and the path that led there.
func (r *Result) locatePolicy(report *rule.Report, p *Policy) {
	if !r.Flow.InPackage(p.Site) && r.Flow.InPackage(p.Applied) {
		p.Site = p.Applied // what was configured elsewhere is used here
	}
	r.locate(report, &p.Write, "the configuration is made here")
	if p.Applied != p.Site {
		r.Flow.Relate(report, p.Applied, "the configuration is applied here")
	}
}

// LocateEntry gives a report about e its place.
func (r *Result) LocateEntry(report *rule.Report, e *Entry) {
	r.locate(report, &e.Write, "the configuration is made here")
	if e.Applied != e.Write.Site {
		r.Flow.Relate(report, e.Applied, "the configuration is applied here")
	}
}

// LocateSocket gives a report about a WebSocket its place and the path that led
// there.
func (r *Result) LocateSocket(report *rule.Report, s *Socket) {
	if !r.Flow.InPackage(s.Site) {
		s.Site = s.applied // what was configured elsewhere is used here
	}
	opened := "the " + s.Library.Opens() + " is opened here"
	r.locate(report, &s.Write, opened)
	if s.applied != s.Site {
		r.Flow.Relate(report, s.applied, opened)
	}
	r.through(report, s.uses)
}
