package webmessage

import (
	_ "embed"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/page"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/served"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/web"
)

//go:embed doc.go
var doc string

// Analyzer reports served pages that let pages of other sites in.
var Analyzer = &analysis.Analyzer{
	Name:       "webmessage",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("webmessage"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, served.Analyzer},
	ResultType: rule.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[served.Analyzer].(*served.Result)
	reporter := rule.NewReporter(pass)
	found.Tell(reporter)
	for _, file := range found.Files {
		report := func(at page.Span, r rule.Report) {
			r.Pos, r.End = file.Pos(at.Start), file.Pos(at.End)
			reporter.Report(r)
		}
		for _, m := range file.Page.Messages {
			if r, ok := message(m); ok {
				report(m.Span, r)
			}
		}
		for _, l := range file.Page.Listeners {
			if r, ok := listener(&l); ok {
				report(l.Span, r)
			}
		}
		for _, at := range file.Page.Domains {
			report(at, domain)
		}
		for _, e := range file.Page.Elements {
			if r, ok := element(&e); ok {
				report(e.Span, r)
			}
		}
	}
	return reporter.Result(), nil
}

// receivers says, for windows that an attacker's page can be, how they are named
// and how it comes to be there.
var receivers = map[page.Recipient]struct{ name, how string }{
	page.Parent: {"whatever page frames this one", "a page of any site frames this one, unless X-Frame-Options or frame-ancestors keeps it from that"},
	page.Opener: {"whatever page opened this one", "a page of any site opens this one and gets what is posted to its opener"},
	page.Sender: {"whatever page asked", "a page of any site asks, and gets the answer"},
}

func message(m page.Message) (rule.Report, bool) {
	receiver, ok := receivers[m.To]
	r := rule.Report{Rule: "target", Severity: finding.Warning, Condition: receiver.how}
	switch {
	case m.What == page.Fixed || m.To == page.Self || m.To == page.Elsewhere && m.What != page.Written:
		return r, false
	case !ok:
		r.Severity = finding.Note
		r.Message = `postMessage with the target "*" gives the data to whatever page is in that window by then`
		r.Condition = "the window has been navigated to a page of another site"
	case m.What == page.Written:
		r.Message = fmt.Sprintf(`postMessage with the target "*" gives what the server wrote here to %s`, receiver.name)
	default:
		r.Message = fmt.Sprintf(`postMessage with the target "*" gives the data to %s`, receiver.name)
	}
	return r, true
}

const sendsMessages = "a page of any site frames or opens this one and posts messages to it"

func listener(l *page.Listener) (rule.Report, bool) {
	r := rule.Report{Rule: "listener", Severity: finding.Warning, Condition: sendsMessages}
	switch {
	case !l.Uses || l.Looks:
		return r, false
	case len(l.Checks) == 0:
		r.Message = "the message listener never looks at event.origin, so any site can send it data"
		if l.Only {
			r.Severity = finding.Note
			r.Message = "the message listener never looks at event.origin, so any site can set off what it does"
		}
		return r, true
	}
	attacker, ok := passing(l.Checks)
	if !ok {
		return r, false
	}
	check := l.Checks[0]
	r.Message = fmt.Sprintf("origin check %s also accepts %s", check.Text, attacker.Origin)
	if attacker.Foothold == web.AnySite {
		r.Message = fmt.Sprintf("origin check %s accepts %s", check.Text, attacker.Origin)
	}
	return r, true
}

// passing returns the first attacker whose origin passes all the checks. A host
// below a domain that is trusted as a whole is none.
func passing(checks []page.Check) (web.Attacker, bool) {
	var literals []string
	for _, c := range checks {
		literals = append(literals, c.Literals...)
	}
	accepts := func(origin string) bool {
		return !slices.ContainsFunc(checks, func(c page.Check) bool { return !c.Passes(origin) })
	}
	for _, attacker := range web.Attackers(literals) {
		if attacker.Foothold != web.Sibling && accepts(attacker.Origin) {
			return attacker, true
		}
	}
	return web.Attacker{}, false
}

var domain = rule.Report{
	Rule: "opener", Severity: finding.Note,
	Message:   "document.domain lets every page that sets the same domain script this one",
	Condition: "in browsers that heed it: Chromium does not unless Origin-Agent-Cluster: ?0 is sent",
}
