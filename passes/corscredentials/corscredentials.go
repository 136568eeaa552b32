package corscredentials

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
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

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[origin.Analyzer].(*origin.Result)
	reporter := rule.NewReporter(pass)
	for _, w := range found.Writes {
		if w.Reflected || w.Value != "*" || w.Credentials == origin.None {
			continue
		}
		report := rule.Report{
			Rule:      "wildcard",
			Severity:  finding.Warning,
			Message:   "browsers refuse Access-Control-Allow-Origin: * with credentials, so no site can use them here",
			Condition: "pages that send no credentials can read the response; copying the Origin instead would open it to every site",
		}
		if !w.Certain || w.Credentials == origin.Switched {
			report.Severity = finding.Note
		}
		found.Locate(&report, w)
		reporter.Report(report)
	}
	return reporter.Result(), nil
}
