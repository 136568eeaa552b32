package corsheader

import (
	_ "embed"
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
)

//go:embed doc.go
var doc string

// Analyzer reports CORS headers that do not do what they were meant for.
var Analyzer = &analysis.Analyzer{
	Name:       "corsheader",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("corsheader"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, origin.Analyzer},
	ResultType: rule.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[origin.Analyzer].(*origin.Result)
	reporter := rule.NewReporter(pass)
	for _, h := range found.Headers {
		report := judge(h)
		report.Pos = h.Site.Pos
		report.Fix = fix(pass, h)
		reporter.Report(report)
	}
	for _, e := range found.Entries {
		report := judgeEntry(e)
		found.LocateEntry(&report, e)
		report.Fix = fixEntry(pass, report.Pos, e)
		reporter.Report(report)
	}
	return reporter.Result(), nil
}

// judgeEntry decides what an entry of a library's list amounts to that lets no
// page in.
func judgeEntry(e *origin.Entry) rule.Report {
	report := rule.Report{
		Rule: "invalid", Severity: finding.Warning,
		Message:   fmt.Sprintf("%s lets no page in by the entry %q: %s", e.Library, e.Text, e.Reason),
		Condition: notServed,
	}
	if e.Refused != "" {
		report.Message = fmt.Sprintf("%s refuses the entry %q when the program starts", e.Library, e.Text)
		report.Condition = "it says: " + e.Refused
	}
	return report
}

// fixEntry returns the mechanical mend, if there is one.
func fixEntry(pass *analysis.Pass, pos token.Pos, e *origin.Entry) *analysis.SuggestedFix {
	if e.Mended == "" {
		return nil
	}
	title := fmt.Sprintf("Write %s", e.Mended)
	if e.Text == e.Mended+"/" {
		title = dropSlash
	}
	return mend.Literal(pass, pos, e.Literal, strings.Replace(e.Literal, e.Text, e.Mended, 1), title)
}

const (
	notServed = "pages of the origin that was meant cannot read the response"
	dropSlash = "Drop the trailing slash"
)

func judge(h *origin.Header) rule.Report {
	switch h.Fault {
	case origin.NotTrue:
		return rule.Report{
			Rule: "value", Severity: finding.Warning,
			Message:   fmt.Sprintf("Access-Control-Allow-Credentials: %s allows nothing: %s", h.Value, h.Reason),
			Condition: "pages that send credentials cannot read the response",
		}
	case origin.Unvaried:
		whose := "the answer depends"
		if h.Library != "" {
			whose = "the answer of " + h.Library + " depends"
		}
		return rule.Report{
			Rule: "vary", Severity: finding.Note,
			Message:   whose + " on the Origin and has no Vary: Origin, so " + h.Reason,
			Condition: "where the response can be cached and more than one origin is allowed; it leaks nothing",
		}
	case origin.LiteralStar:
		return rule.Report{
			Rule: "preflight", Severity: finding.Note, Message: h.Reason,
			Condition: "requests with credentials and headers or methods that need a preflight are refused",
		}
	}
	message := "Access-Control-Allow-Origin " + h.Reason
	if h.Value != "" {
		message = fmt.Sprintf("no browser matches Access-Control-Allow-Origin: %s: %s", h.Value, h.Reason)
	}
	return rule.Report{
		Rule: "invalid", Severity: finding.Warning, Message: message,
		Condition: notServed,
	}
}

// fix returns the mechanical mend, if there is one.
func fix(pass *analysis.Pass, h *origin.Header) *analysis.SuggestedFix {
	switch {
	case h.Fault == origin.NotTrue && strings.EqualFold(h.Value, "true"):
		return mend.Literal(pass, h.Site.Pos, h.Value, "true", "Write true in lower case")
	case h.Fault == origin.Unmatched && strings.Count(h.Value, "/") == 3 && strings.HasSuffix(h.Value, "/"):
		return mend.Literal(pass, h.Site.Pos, h.Value, strings.TrimSuffix(h.Value, "/"), dropSlash)
	case h.Fault == origin.Unvaried && h.Library == "":
		return mend.HeaderAfter(pass, h.Site.Pos, "Vary", "Origin", "Add Vary: Origin")
	}
	return nil
}
