package guardabort

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/refusal"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
)

//go:embed doc.go
var doc string

// Analyzer reports checks that refuse a request and let it go on.
var Analyzer = &analysis.Analyzer{
	Name:       "guardabort",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("guardabort"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, refusal.Analyzer},
	ResultType: rule.ResultType,
}

const (
	unread = "the page cannot read the answer and sees the refusal at most, but what the handler does is done"
	behind = "the handlers behind this one run after it returns, whatever it has answered"
)

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[refusal.Analyzer].(*refusal.Result)
	reporter := rule.NewReporter(pass)
	for _, leak := range found.Leaks {
		reporter.Report(judge(pass, leak))
	}
	return reporter.Result(), nil
}

func judge(pass *analysis.Pass, l *refusal.Leak) rule.Report {
	r := rule.Report{Rule: "noreturn", Severity: finding.Error, Pos: l.Pos, Condition: unread}
	if l.Chain {
		r.Rule, r.Condition = "noabort", behind
		r.Message = fmt.Sprintf("%s refuses a request by its %s without Abort, so the next handler runs all the same", l.By, l.Subject)
		return r
	}
	r.Message = fmt.Sprintf("%s refuses a request by its %s, but the code goes on to %s", l.By, l.Subject, l.Runs)
	r.Related = []analysis.RelatedInformation{{Pos: l.Goes, Message: "the refused request comes here"}}
	if !l.Handler {
		r.Severity = finding.Warning
	}
	r.Fix = mend.Return(pass, l.Pos, "Return once the request is refused")
	return r
}
