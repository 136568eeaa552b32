package framing

import (
	_ "embed"
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/headers"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/page"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/served"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/web"
)

//go:embed doc.go
var doc string

// Analyzer reports headers about framing that let every site in.
var Analyzer = &analysis.Analyzer{
	Name:       "framing",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("framing"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, headers.Analyzer, served.Analyzer},
	ResultType: rule.ResultType,
}

const (
	frameOptions = "X-Frame-Options"
	policy       = "Content-Security-Policy"
	reportOnly   = "Content-Security-Policy-Report-Only"

	clickjacking = "a page of any site can frame it; clicks there act for the user if the cookies are SameSite=None, " +
		"from a page on a sibling sub-domain with every cookie"
)

func run(pass *analysis.Pass) (any, error) {
	c := &check{pass: pass, headers: pass.ResultOf[headers.Analyzer].(*headers.Result)}
	reporter := rule.NewReporter(pass)
	done := map[token.Pos]bool{}
	for _, w := range c.headers.Writes {
		if done[w.Pos] {
			continue // a value that may be one of several is judged by the first that is wrong
		}
		if report, ok := c.judge(w); ok {
			done[w.Pos] = true
			report.Pos = w.Pos
			reporter.Report(report)
		}
	}
	for _, m := range c.headers.Idle {
		reporter.Report(rule.Report{
			Rule: "invalid", Severity: finding.Warning, Pos: m.Pos,
			Message:   fmt.Sprintf("%s sends no header with these options: nothing that is left out has a default", m.Name),
			Condition: clickjacking,
		})
	}
	pages := pass.ResultOf[served.Analyzer].(*served.Result)
	pages.Tell(reporter)
	for _, file := range pages.Files {
		for _, e := range file.Page.Elements {
			if report, ok := c.element(&e); ok {
				report.Pos, report.End = file.Pos(e.Start), file.Pos(e.End)
				reporter.Report(report)
			}
		}
	}
	return reporter.Result(), nil
}

type check struct {
	pass    *analysis.Pass
	headers *headers.Result
}

func (c *check) judge(w *headers.Write) (rule.Report, bool) {
	switch {
	case w.Is(frameOptions):
		return c.frameOptions(w)
	case w.Is(policy):
		return c.policy(w)
	case w.Is(reportOnly):
		return c.reportOnly(w)
	}
	return c.misspelt(w)
}

// frameOptions judges a value of X-Frame-Options, which counts only where no
// frame-ancestors is sent with it.
func (c *check) frameOptions(w *headers.Write) (rule.Report, bool) {
	verdict := web.ReadFrameOptions(c.headers.Together(w)...)
	r := rule.Report{Rule: "invalid", Severity: finding.Warning, Condition: clickjacking}
	switch {
	case c.overruled(w):
		return r, false
	case verdict == web.FrameConfused:
		r.Severity = finding.Note
		r.Message = fmt.Sprintf("X-Frame-Options has values that contradict each other (%s): no page can frame this, the site's own neither",
			strings.Join(c.headers.Together(w), ", "))
		r.Condition = "pages of the site that frame this one show nothing"
		return r, true
	case verdict == web.FrameIgnored && w.Value != "":
		r.Message = fmt.Sprintf("browsers ignore X-Frame-Options: %s, so any site can frame this page", w.Shown())
		if meant := web.MeantFrameOptions(w.Value); meant != "" {
			r.Message = fmt.Sprintf("browsers ignore X-Frame-Options: %s, which is not %s, so any site can frame this page", w.Shown(), meant)
			r.Fix = mend.Literal(c.pass, w.Pos, w.Value, meant, "Write "+meant)
		}
		return r, true
	}
	return r, false
}

// overruled reports whether a frame-ancestors is sent with w, or can be for all
// that is known. Then that decides.
func (c *check) overruled(w *headers.Write) bool {
	for _, other := range append(c.headers.Beside(w, policy), c.headers.Sharing(policy)...) {
		if framers := web.ReadFramers(other.Value); framers.Named || framers.Unknown {
			return true
		}
	}
	return false
}

// policy judges the frame-ancestors of a Content-Security-Policy. One that lets
// every site in is a choice, unless something beside it says otherwise.
func (c *check) policy(w *headers.Write) (rule.Report, bool) {
	framers := web.ReadFramers(strings.Join(c.headers.Together(w), ", "))
	r := rule.Report{Rule: "any", Severity: finding.Note, Condition: clickjacking}
	if framers.Anybody == "" {
		return r, false
	}
	r.Message = fmt.Sprintf("frame-ancestors %s lets any site frame this page", framers.Anybody)
	if framers.Mixed {
		r.Severity = finding.Warning
		r.Message = fmt.Sprintf("frame-ancestors lets any site frame this page by %s, whatever else it lists", framers.Anybody)
	}
	for _, other := range c.headers.Beside(w, frameOptions) {
		if verdict := web.ReadFrameOptions(other.Value); verdict == web.FrameDeny || verdict == web.FrameSameOrigin {
			r.Severity = finding.Warning
			r.Message = fmt.Sprintf("frame-ancestors %s lets any site frame this page and overrides X-Frame-Options: %s", framers.Anybody, other.Shown())
		}
	}
	return r, true
}

// reportOnly judges a frame-ancestors that stops nobody, where nothing else in
// the package does.
func (c *check) reportOnly(w *headers.Write) (rule.Report, bool) {
	framers := web.ReadFramers(w.Value)
	return rule.Report{
		Rule: "invalid", Severity: finding.Note, Condition: clickjacking,
		Message: "frame-ancestors in Content-Security-Policy-Report-Only stops no frame, and no other header here does",
	}, framers.Named && framers.Anybody == "" && !c.guarded()
}

// element judges a meta element that stands for a header which counts only as a
// header (CSP level 3, section 3.3; HTML standard, section 4.2.5.3), where none
// is sent.
func (c *check) element(e *page.Element) (rule.Report, bool) {
	name, _ := e.Attr("http-equiv")
	value, _ := e.Attr("content")
	r := rule.Report{Rule: "invalid", Severity: finding.Note, Condition: clickjacking}
	switch {
	case e.Name != "meta" || c.guarded():
		return r, false
	case strings.EqualFold(name, frameOptions):
		r.Message = "X-Frame-Options in a meta element does nothing: it counts only as a header"
		return r, true
	case strings.EqualFold(name, policy) && web.ReadFramers(value).Named:
		r.Message = "frame-ancestors in a meta element does nothing: it counts only in a header"
		return r, true
	}
	return r, false
}

// guarded reports whether anything in the package says who may frame pages, or
// can for all that is known.
func (c *check) guarded() bool {
	for _, other := range c.headers.Named(policy) {
		if framers := web.ReadFramers(other.Value); framers.Named || framers.Unknown {
			return true
		}
	}
	for _, other := range c.headers.Named(frameOptions) {
		if web.ReadFrameOptions(other.Value) != web.FrameIgnored {
			return true
		}
	}
	return false
}

// misspelt judges a header that browsers do not know.
func (c *check) misspelt(w *headers.Write) (rule.Report, bool) {
	meant := web.MeantHeader(w.Name)
	r := rule.Report{Rule: "invalid", Severity: finding.Warning, Condition: clickjacking}
	switch {
	case meant == frameOptions && web.ReadFrameOptions(w.Value) != web.FrameIgnored:
	case meant == policy && web.ReadFramers(w.Value).Named:
	default:
		return r, false
	}
	if len(c.headers.Beside(w, meant)) > 0 || len(c.headers.Sharing(meant)) > 0 {
		return r, false
	}
	r.Message = fmt.Sprintf("browsers know no header %s: it is %s that says who may frame this page", w.Name, meant)
	r.Fix = mend.Literal(c.pass, w.Pos, w.Name, meant, "Write "+meant)
	return r, true
}
