package crossoriginpolicy

import (
	_ "embed"
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/headers"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/web"
)

//go:embed doc.go
var doc string

// Analyzer reports Cross-Origin-…-Policy headers that protect nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "crossoriginpolicy",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("crossoriginpolicy"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, headers.Analyzer},
	ResultType: rule.ResultType,
}

// A policy is one of the three headers.
type policy struct {
	rule       string
	header     string
	known      []string
	structured bool   // a structured field, which can have parameters
	without    string // what an attacker's page can do without it
}

var policies = []policy{
	{"opener", "Cross-Origin-Opener-Policy", web.OpenerPolicies, true,
		"a page of any site that opens this one keeps a handle to it: it can count its frames, navigate it and post messages"},
	{"resource", "Cross-Origin-Resource-Policy", web.ResourcePolicies, false,
		"a page of any site can load the response as image, script or style, with the cookies that go along"},
	{"embedder", "Cross-Origin-Embedder-Policy", web.EmbedderPolicies, true,
		"the page is not cross-origin isolated; what it embeds needs no consent"},
}

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[headers.Analyzer].(*headers.Result)
	reporter := rule.NewReporter(pass)
	done := map[token.Pos]bool{}
	for _, w := range found.Writes {
		meant := web.MeantHeader(w.Name)
		for i := range policies {
			report, ok := policies[i].judge(pass, found, w, meant)
			if ok && !done[w.Pos] {
				done[w.Pos] = true
				report.Rule, report.Pos = policies[i].rule, w.Pos
				reporter.Report(report)
			}
		}
	}
	return reporter.Result(), nil
}

// judge judges a write under the name of the policy's header, or of one that it is
// meant to be.
func (p *policy) judge(pass *analysis.Pass, found *headers.Result, w *headers.Write, meant string) (rule.Report, bool) {
	switch {
	case meant == p.header:
		return p.misspelt(pass, found, w)
	case !w.Is(p.header):
		return rule.Report{}, false
	}
	if len(found.Together(w)) > 1 {
		return rule.Report{
			Severity:  finding.Warning,
			Message:   fmt.Sprintf("%s is sent more than once, and browsers ignore that", p.header),
			Condition: p.without,
		}, true
	}
	if strings.Contains(w.Value, web.Unknown) || w.Value == "" {
		return rule.Report{}, false
	}
	value := web.ReadPolicy(w.Value, p.known, p.structured)
	if value == "" {
		return p.ignored(pass, w), true
	}
	return p.off(found, w, value)
}

// misspelt judges a header that is one of the three but for its spelling.
func (p *policy) misspelt(pass *analysis.Pass, found *headers.Result, w *headers.Write) (rule.Report, bool) {
	return rule.Report{
		Severity:  finding.Warning,
		Message:   fmt.Sprintf("browsers know no header %s: it is called %s", w.Name, p.header),
		Condition: p.without,
		Fix:       mend.Literal(pass, w.Pos, w.Name, p.header, "Write "+p.header),
	}, len(found.Beside(w, p.header)) == 0
}

// ignored describes a value that browsers do not know.
func (p *policy) ignored(pass *analysis.Pass, w *headers.Write) rule.Report {
	r := rule.Report{
		Severity:  finding.Warning,
		Message:   fmt.Sprintf("browsers ignore %s: %s, which is none of its values", p.header, w.Shown()),
		Condition: p.without,
	}
	if meant := web.MeantPolicy(w.Value, p.known); meant != "" {
		r.Message = fmt.Sprintf("browsers ignore %s: %s, which is not %s", p.header, w.Shown(), meant)
		r.Fix = mend.Literal(pass, w.Pos, w.Value, meant, "Write "+meant)
	}
	return r
}

// off judges a value by which the protection is off.
func (p *policy) off(found *headers.Result, w *headers.Write, value string) (rule.Report, bool) {
	r := rule.Report{Severity: finding.Note, Condition: p.without}
	switch p.rule {
	case "opener":
		r.Message = "Cross-Origin-Opener-Policy: unsafe-none is no policy: any site that opens this page keeps a handle to it"
		return r, value == "unsafe-none"
	case "resource":
		r.Message = "Cross-Origin-Resource-Policy: cross-origin lets pages of any site load what this user is shown"
		return r, value == "cross-origin" && private(found, w)
	}
	return r, false
}

// private reports whether the response depends on who the user is: the handler
// reads what browsers add to requests by themselves, or allows credentials.
func private(found *headers.Result, w *headers.Write) bool {
	for _, allow := range found.Beside(w, "Access-Control-Allow-Credentials") {
		if allow.Value == "true" {
			return true
		}
	}
	return found.Ambient(w)
}
