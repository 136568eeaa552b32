package hostcheck

import (
	_ "embed"
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/loopback"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
)

//go:embed doc.go
var doc string

// Analyzer reports servers on loopback addresses that do not look at Host.
var Analyzer = &analysis.Analyzer{
	Name:       "hostcheck",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("hostcheck"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, effect.Analyzer, loopback.Analyzer, routes.Analyzer},
	ResultType: rule.ResultType,
}

const rebound = "in browsers that let pages reach this machine: Chromium refuses a rebound page, Firefox asks the user first, " +
	"but lets WebSockets through"

func run(pass *analysis.Pass) (any, error) {
	reporter := rule.NewReporter(pass)
	found := pass.ResultOf[loopback.Analyzer].(*loopback.Result)
	if found.Tells || len(found.Listens) == 0 {
		return reporter.Result(), nil
	}
	does, at := act(pass, found)
	if does == "" {
		return reporter.Result(), nil
	}
	for _, listen := range found.Listens {
		address := listen.Address
		if listen.Default {
			address += " (by default)"
		}
		report := rule.Report{
			Rule: "rebinding", Severity: finding.Warning, Pos: listen.Pos, Condition: rebound,
			Message: fmt.Sprintf("the server on %s %s and looks at no Host: a site whose name is made to point here is let in", address, does),
		}
		if at.IsValid() {
			report.Related = []analysis.RelatedInformation{{Pos: at, Message: "for whoever asks, by this"}}
		}
		reporter.Report(report)
	}
	return reporter.Result(), nil
}

// act says what the package's server does for those who ask, and where; "" if that
// is nothing but to show something.
func act(pass *analysis.Pass, found *loopback.Result) (string, token.Pos) {
	if found.Sockets.IsValid() {
		return "opens WebSockets", found.Sockets
	}
	effects := pass.ResultOf[effect.Analyzer].(*effect.Result)
	for _, s := range pass.ResultOf[routes.Analyzer].(*routes.Result).Served {
		for _, e := range effects.Of(s.Handler) {
			if e.Minor == "" && lasts(e.Kind) {
				return "changes state", s.Route.Site.Pos
			}
		}
	}
	return "", token.NoPos
}

// lasts reports whether a change outlives the process.
func lasts(k effect.Kind) bool {
	switch k {
	case effect.Database, effect.Files, effect.Process, effect.Queue, effect.Cloud, effect.Store:
		return true
	}
	return false
}
