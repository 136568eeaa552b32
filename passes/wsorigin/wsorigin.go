package wsorigin

import (
	_ "embed"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/cookie"
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
	Requires:   []*analysis.Analyzer{settings.Analyzer, origin.Analyzer, cookie.Analyzer},
	ResultType: rule.ResultType,
}

const (
	opened    = web.Cookies + "; a server without login on localhost or an intranet is open to every site that its users visit"
	addressed = "a browser connects from the address that it has: whatever page is open in one at an address that is let in gets in"
	sameHost  = "it does not compare the scheme: not enough behind a proxy that rewrites Host, or where the same host serves pages over http"
)

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[origin.Analyzer].(*origin.Result)
	cookies := pass.ResultOf[cookie.Analyzer].(*cookie.Result).Cookies
	reporter := rule.NewReporter(pass)
	for _, socket := range found.Sockets {
		report := judge(socket, cookies)
		found.LocateSocket(&report, socket)
		report.Fix = fix(pass, found, socket)
		reporter.Report(report)
	}
	found.ReportVisits(reporter, found.Opened)
	return reporter.Result(), nil
}

// fix mends a check that is weak, and returns to the library's own where the
// program's accepts every origin. Libraries without one are given a check that
// refuses, for the origins that are meant to be put in.
func fix(pass *analysis.Pass, found *origin.Result, s *origin.Socket) *analysis.SuggestedFix {
	switch {
	case s.Never != "" || s.Unset || s.Altered:
		return nil
	case s.Attacker.Foothold != web.AnySite:
		return found.MendCheck(pass, &s.Write)
	}
	for name, text := range s.Library.Instead {
		if s.Copy {
			break // it need not have all that the library has
		}
		if fix := mend.Instead(pass, s.Site.Pos, s.Package, name, text, toSameHost); fix != nil {
			return fix
		}
	}
	if s.Library.Default == wsconfig.SameHost {
		return returnToSameHost(pass, s)
	}
	return refuse(pass, s)
}

const (
	toSameHost = "Have the library compare the Origin's host with the request's"
	toNobody   = "Let in no origin but those named here, none so far"
)

func returnToSameHost(pass *analysis.Pass, s *origin.Socket) *analysis.SuggestedFix {
	pos := s.Site.Pos
	switch s.Cause {
	case "patterns":
		return mend.OnlyElement(pass, pos, s.Pattern, "Remove it, so that the library compares the Origin's host with the request's")
	case "insecure":
		return mend.Field(pass, pos, "Remove InsecureSkipVerify, so that the library compares the Origin's host with the request's")
	case "check":
		if fix := mend.Field(pass, pos, "Remove it, so that the library compares the Origin's host with the request's"); fix != nil {
			return fix
		}
		if fix := mend.Nil(pass, pos, toSameHost); fix != nil {
			return fix
		}
	}
	if s.Decider() != nil {
		return nil
	}
	return mend.Guard(pass, pos, wsconfig.Guard, toNobody)
}

func refuse(pass *analysis.Pass, s *origin.Socket) *analysis.SuggestedFix {
	pos, library := s.Site.Pos, s.Library
	switch {
	case s.Cause == "patterns":
		return mend.Literal(pass, pos, s.Pattern, "https://app.invalid", toNobody)
	case s.Decider() != nil:
		return nil
	case s.Copy:
		return mend.Guard(pass, pos, wsconfig.Guard, toNobody)
	case s.Cause == "check" && library.Refuse != "":
		return mend.Predicate(pass, pos, s.Package, library.Refuse, toNobody)
	}
	if library.Convert != "" {
		if fix := mend.Conversion(pass, pos, s.Package, library.Convert, toNobody); fix != nil {
			return fix
		}
	}
	if library.Refuse != "" {
		if fix := mend.Option(pass, pos, s.Package, library.Fix, library.Refuse, toNobody); fix != nil {
			return fix
		}
	}
	return mend.Guard(pass, pos, wsconfig.Guard, toNobody)
}

func judge(s *origin.Socket, cookies []*cookie.Cookie) rule.Report {
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
	switch d := s.Decider(); {
	case slices.ContainsFunc(s.Switches, func(d flow.Decider) bool { return d.Wildcard }):
		r.Severity = finding.Note // whoever runs the server has asked for it
	case d != nil && d.Address:
		r.Condition = addressed
	case s.Cookie != nil && isKept(*s.Cookie, cookies):
		r.Rule, r.Severity, r.Condition = "weak", finding.Warning, ""
		r.Message = "the origin check asks for a cookie only, which pages of sibling sub-domains send along with a " + s.Library.Opens()
	case s.Cookie != nil:
		r.Condition = web.Cookies
		r.Message = "the origin check asks for a cookie only, which browsers send along: any site can open this " + s.Library.Opens()
	}
	return r
}

// isKept reports whether the program keeps a cookie from pages of other sites,
// wherever it writes it.
func isKept(name string, cookies []*cookie.Cookie) bool {
	written := slices.DeleteFunc(slices.Clone(cookies), func(c *cookie.Cookie) bool { return c.Name != name })
	return name != "" && len(written) > 0 && !slices.ContainsFunc(written, func(c *cookie.Cookie) bool {
		return !c.SameSite.Only(web.SameSiteLax, web.SameSiteStrict)
	})
}

func describe(s *origin.Socket) (rule, message string) {
	library, socket := s.Called(), s.Library.Opens()
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
	case s.Replaced:
		return "anyorigin", "another Origin is set in the request before the upgrade, so any site can open this " + socket
	case s.Cause == "check" && s.LastCheck() != "":
		return "weak", fmt.Sprintf("origin check %s accepts %s", s.LastCheck(), who)
	case s.Cause == "check":
		return "anyorigin", fmt.Sprintf("the origin check of this %s upgrade accepts every origin%s: any site can open the %s", library, left(s), socket)
	case s.Cause == "patterns":
		return "anyorigin", fmt.Sprintf("origin pattern %q accepts every site's pages", s.Pattern)
	case s.Cause == "insecure":
		return "anyorigin", "InsecureSkipVerify leaves the origin check out, so any site can open this " + socket
	}
	return "default", fmt.Sprintf("%s accepts every origin by default and nothing checks it: any site can open this %s", library, socket)
}

// left says what the library does where a check that the program sets is left
// to it.
func left(s *origin.Socket) string {
	if s.IsSet() && s.Library.Default == wsconfig.SameHost {
		return ", where nil would compare hosts"
	}
	return ""
}
