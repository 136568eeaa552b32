package wsorigin

import (
	_ "embed"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/web"
	"github.com/soplint/soplint/internal/wsconfig"
)

//go:embed doc.go
var doc string

// Analyzer reports WebSockets that pages of other sites can open.
var Analyzer = &analysis.Analyzer{
	Name:       "wsorigin",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("wsorigin"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, origin.Analyzer},
	ResultType: rule.ResultType,
}

const (
	opened   = web.Cookies + "; a server without login on localhost or an intranet is open to every site that its users visit"
	sameHost = "it does not compare the scheme: not enough behind a proxy that rewrites Host, or where the same host serves pages over http"
)

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[origin.Analyzer].(*origin.Result)
	reporter := rule.NewReporter(pass)
	for _, socket := range found.Sockets {
		report := judge(socket)
		found.LocateSocket(&report, socket)
		report.Fix = fix(pass, found, socket)
		reporter.Report(report)
	}
	return reporter.Result(), nil
}

// fix mends a check that is weak, and returns to the library's own where the
// program's accepts every origin.
func fix(pass *analysis.Pass, found *origin.Result, s *origin.Socket) *analysis.SuggestedFix {
	if s.Attacker.Foothold != web.AnySite && s.Never == "" && !s.Unset {
		return found.MendCheck(pass, &s.Write)
	}
	if s.Never != "" || s.Unset {
		return nil
	}
	if s.Cause == "" && s.Library.Refuse != "" {
		return mend.Conversion(pass, s.Site.Pos, s.Library.Refuse, []string{"net/http"}, "Let in no origin but those named in a switch, none so far")
	}
	if s.Library.Default != wsconfig.SameHost {
		return nil
	}
	switch s.Cause {
	case "patterns":
		return mend.OnlyElement(pass, s.Site.Pos, s.Pattern, "Remove it, so that the library compares the Origin's host with the request's")
	case "check":
		return mend.Field(pass, s.Site.Pos, "Remove it, so that the library compares the Origin's host with the request's")
	case "insecure":
		return mend.Field(pass, s.Site.Pos, "Remove InsecureSkipVerify, so that the library compares the Origin's host with the request's")
	}
	return nil
}

func judge(s *origin.Socket) rule.Report {
	switch {
	case s.Unset:
		return rule.Report{
			Rule: "unset", Severity: finding.Note, Condition: sameHost,
			Message: "CheckOrigin is not set, so only the Origin's host is compared, with the request's Host",
		}
	case s.Never != "":
		return rule.Report{
			Rule: "nevermatch", Severity: finding.Warning,
			Message:   fmt.Sprintf("pattern %q never matches: %s", s.Pattern, s.Never),
			Condition: "pages of that origin are refused",
		}
	}
	r := rule.Report{Severity: s.Settled(s.Narrow(finding.Error)), Condition: opened}
	r.Rule, r.Message = describe(s)
	if slices.ContainsFunc(s.Switches, func(d flow.Decider) bool { return d.Wildcard }) {
		r.Severity = finding.Note // whoever runs the server has asked for it
	}
	return r
}

func describe(s *origin.Socket) (rule, message string) {
	library, socket := s.Library.Called(), s.Library.Opens()
	who := s.Attacker.Origin
	if s.Attacker.Foothold != web.AnySite {
		if s.Cause == "patterns" {
			return "weak", fmt.Sprintf("origin pattern %q also accepts %s", s.Pattern, who)
		}
		if check := s.LastCheck(); check != "" {
			return "weak", fmt.Sprintf("origin check %s also accepts %s", check, who)
		}
		return "weak", fmt.Sprintf("the origin check also accepts %s", who)
	}
	if d := s.Decider(); d != nil {
		return "anyorigin", fmt.Sprintf("depending on %s, any site can open this %s", d.Text, socket)
	}
	switch {
	case s.Removed:
		return "anyorigin", "the Origin is removed before the upgrade, so any site can open this " + socket
	case s.Cause == "check" && s.LastCheck() != "":
		return "weak", fmt.Sprintf("origin check %s accepts %s", s.LastCheck(), who)
	case s.Cause == "check":
		return "anyorigin", fmt.Sprintf("the origin check of this %s upgrade accepts every origin: any site can open the %s", library, socket)
	case s.Cause == "patterns":
		return "anyorigin", fmt.Sprintf("origin pattern %q accepts every site's pages", s.Pattern)
	case s.Cause == "insecure":
		return "anyorigin", "InsecureSkipVerify leaves the origin check out, so any site can open this " + socket
	}
	return "default", fmt.Sprintf("%s accepts every origin by default and nothing checks it: any site can open this %s", library, socket)
}
