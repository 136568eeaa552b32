package corscredentials

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/web"
)

//go:embed doc.go
var doc string

// Analyzer reports any-origin CORS answers that allow credentials.
var Analyzer = &analysis.Analyzer{
	Name:       "corscredentials",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("corscredentials"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, origin.Analyzer},
	ResultType: rule.ResultType,
}

const wildcardCondition = "pages that send no credentials can read the response; copying the Origin instead would open it to every site"

func run(pass *analysis.Pass) (any, error) {
	return pass.ResultOf[origin.Analyzer].(*origin.Result).ReportCORS(pass, judgeWrite, judgePolicy), nil
}

// judgeWrite reports a literal * that the program itself writes beside
// credentials.
func judgeWrite(w *origin.Write) (rule.Report, bool) {
	if w.Reflected || w.Value != "*" || w.Credentials == origin.None {
		return rule.Report{}, false
	}
	report := rule.Report{
		Rule:      "wildcard",
		Severity:  finding.Warning,
		Message:   "browsers refuse Access-Control-Allow-Origin: * with credentials, so no site can use them here",
		Condition: wildcardCondition,
	}
	if !w.Certain || w.Credentials == origin.Switched {
		report.Severity = finding.Note
	}
	return report, true
}

// judgePolicy reports what a library makes of every origin with credentials.
func judgePolicy(p *origin.Policy) (rule.Report, bool) {
	report := rule.Report{Severity: finding.Warning}
	switch {
	case p.Answer.Refused != "":
		report.Rule = "refused"
		report.Message = fmt.Sprintf("%s refuses every origin with credentials when the program starts", p.Library)
		report.Condition = "it says: " + p.Answer.Refused
	case !p.Answer.Credentials || p.Cause == "func" || p.Attacker.Foothold != web.AnySite:
		return report, false
	case p.Reflected:
		report.Rule, report.Severity = "reflecting", finding.Error
		report.Message = fmt.Sprintf("%s answers %s with itself and with credentials: any site can read responses", named(p), p.Attacker.Every())
		report.Condition = web.WithCredentials
	default:
		report.Rule = "wildcard"
		report.Message = fmt.Sprintf("%s sends * with credentials, which browsers refuse, so no site can use them", named(p))
		report.Condition = wildcardCondition
	}
	report.Severity = p.Settled(report.Severity)
	if p.Outside {
		report.Severity = finding.Note
	}
	return report, true
}

// named names the library, with the version where that decides.
func named(p *origin.Policy) string {
	name := p.Library
	if p.Version != "" {
		name += " " + p.Version
	}
	if p.Cause == "" {
		name += " without a list of origins"
	}
	return name
}
