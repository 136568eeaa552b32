package jsonp

import (
	_ "embed"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/script"
	"github.com/soplint/soplint/internal/settings"
)

//go:embed doc.go
var doc string

// Analyzer reports private data in answers that are scripts.
var Analyzer = &analysis.Analyzer{
	Name:       "jsonp",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("jsonp"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, routes.Analyzer, script.Analyzer},
	ResultType: rule.ResultType,
}

const (
	included = "cookies go along with a script element from any site if they are SameSite=None (in Chromium), from a sibling " +
		"sub-domain in any case; Basic authentication and client certificates from any site in Chromium; nosniff does not help"
	inside = "who has no account here reads it where the server is only reached from inside a network: from a page there, " +
		"or from any page once the browser's user allows it"
)

func run(pass *analysis.Pass) (any, error) {
	served := pass.ResultOf[routes.Analyzer].(*routes.Result).Served
	reporter := rule.NewReporter(pass)
	for _, a := range pass.ResultOf[script.Analyzer].(*script.Result).Answers {
		if !a.Refuses && loads(a, served) {
			if report, ok := judge(a); ok {
				reporter.Report(report)
			}
		}
	}
	return reporter.Result(), nil
}

// loads reports whether a script element's request, a GET, comes to an answer, for
// all that is known.
func loads(a *script.Answer, served []*routes.Served) bool {
	found := false
	for _, s := range served {
		if slices.Contains(a.Handlers, s.Handler) {
			if routes.TakesGET(s.Route.Methods) {
				return true
			}
			found = true
		}
	}
	return !found
}

func judge(a *script.Answer) (rule.Report, bool) {
	r := rule.Report{Rule: "callback", Severity: finding.Error, Pos: a.Pos, Condition: included}
	what := "the answer calls the function that the request names"
	if a.By != "" {
		what = a.By + " answers with a call of a function that pages choose"
	}
	if a.Variable {
		r.Rule, what = "script", "the answer is a script with a value in it"
	}
	r.Message = fmt.Sprintf("%s, so any page can read the user's data by a script element", what)
	reading := a.Reads
	switch {
	case a.Reads.Pos.IsValid():
	case a.Variable:
		return r, false
	case a.Package.Pos.IsValid():
		r.Severity, reading = finding.Warning, a.Package
		r.Message = what + ": any page can read it by a script element"
	default:
		r.Severity, r.Condition = finding.Warning, inside
		r.Message = what + ": any page that reaches this server can read it"
		if a.By != "" || a.Checked {
			r.Severity = finding.Note
		}
	}
	if a.Read.IsValid() && a.Read != a.Pos {
		r.Related = append(r.Related, analysis.RelatedInformation{Pos: a.Read, Message: "the name is read from the request here"})
	}
	if reading.Pos.IsValid() {
		r.Related = append(r.Related, analysis.RelatedInformation{Pos: reading.Pos, Message: "who the user is, is asked here: " + reading.By})
	}
	return r, true
}
