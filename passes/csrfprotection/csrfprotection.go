package csrfprotection

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/ambient"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/protection"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
)

//go:embed doc.go
var doc string

// Analyzer reports protection against cross-site request forgery that does not
// protect.
var Analyzer = &analysis.Analyzer{
	Name:       "csrfprotection",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("csrfprotection"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, protection.Analyzer, ambient.Analyzer, routes.Posting},
	ResultType: rule.ResultType,
}

const (
	open       = "a page of any site can then send forms here with the user's cookies, unless they are SameSite=Lax or Strict"
	onTheWay   = "who is on the user's network can answer for a site over http, and have its page send requests here"
	sameSite   = "a page of a sibling sub-domain can then send forms here; forms of other sites do not carry the cookie, which is SameSite=Lax"
	refused    = "requests of that page are refused"
	fromAnyURL = "it matters where such a path has handlers that change something"
)

// holes are what holes in libraries come to, by what they are in.
var holes = map[string]string{
	"origin": "it does not compare where requests come from: a page of a sibling sub-domain, which can set cookies here, gets through",
	"token":  "it takes tokens that it has not given to this user, so that a page with a token of its own gets through",
}

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[protection.Analyzer].(*protection.Result)
	posts := pass.ResultOf[routes.Posting].(*routes.Posts)
	reporter := rule.NewReporter(pass)
	for _, flaw := range found.Flaws {
		if flaw.Kind == protection.ExemptsSome || flaw.Kind == protection.ExemptsBelow {
			bypassed(reporter, posts, flaw)
			continue
		}
		report := judge(flaw)
		report.Pos = flaw.Pos
		if flaw.Other.IsValid() {
			report.Related = []analysis.RelatedInformation{{Pos: flaw.Other, Message: "the same handler is protected here"}}
		}
		reporter.Report(report)
	}
	if !found.Guards {
		missing(pass, reporter, found.Wraps)
	}
	return reporter.Result(), nil
}

func judge(f *protection.Flaw) rule.Report {
	switch f.Kind {
	case protection.ExemptsAll:
		if f.Text != "" {
			return report("bypass", finding.Error, open, "%s(%q) exempts every request from the protection", f.By, f.Text)
		}
		return report("bypass", finding.Error, open, "%s exempts every request from the protection", f.By)
	case protection.ExemptsAsked:
		return report("bypass", finding.Error, open, "%s exempts requests by their %s header, which any page can choose", f.By, f.Text)
	case protection.Unanchored:
		return report("bypass", finding.Note, fromAnyURL, "%s(%q) exempts every path that contains a match", f.By, f.Text)
	case protection.DenyServes:
		return report("deny", finding.Error, open, "%s is given a handler that serves refused requests all the same", f.By)
	case protection.ResultUnused:
		return report("unused", finding.Error, open, "the protection that %s returns is not used", f.By)
	case protection.ErrorUnused:
		return report("unused", finding.Error, open, "the error of %s is not looked at, so no request is refused", f.By)
	case protection.ErrorTold:
		return report("unused", finding.Error, open, "the error of %s is only logged, so no request is refused", f.By)
	case protection.ProtectsNothing:
		return report("unused", finding.Error, open, "no handler is protected by what %s makes", f.By)
	case protection.TrustsHTTP:
		return report("trusted", finding.Warning, onTheWay, "%s trusts %s, whose pages anyone on the network can write", f.By, f.Text)
	case protection.TrustsHost:
		return report("trusted", finding.Note, onTheWay, "%s compares hosts only, so it trusts http://%s as well", f.By, f.Text)
	case protection.NeverMatches:
		return report("nevermatch", finding.Warning, refused, "%s(%q) never matches: %s", f.By, f.Text, f.Reason)
	case protection.ReadsCookie:
		return report("extractor", finding.Error, open, "%s compares the token's cookie with itself, so every request passes", where(f))
	case protection.ReadsLaxCookie:
		return report("extractor", finding.Warning, sameSite, "%s compares the token's cookie with itself, so every request that carries it passes", where(f))
	case protection.AlsoReadsSite:
		return report("extractor", finding.Warning, "it is left to the Sec-Fetch-Site header, which older browsers do not send",
			"%s compares the token's cookie with itself", where(f))
	case protection.ToolchainHole:
		return report("version", finding.Note, "later releases have it mended: name one in go.mod",
			"built with Go %s, as go.mod allows, %s exempts requests that http.ServeMux would redirect, too, %s", f.Version, f.By, f.Text)
	}
	return report("version", finding.Warning, holes[f.Reason], "%s %s has a known hole, %s", f.By, f.Version, f.Text)
}

func report(name string, severity finding.Severity, condition, format string, args ...any) rule.Report {
	return rule.Report{Rule: name, Severity: severity, Condition: condition, Message: fmt.Sprintf(format, args...)}
}

// where names the look-up that reads the cookie.
func where(f *protection.Flaw) string {
	if f.Text == "" {
		return f.By
	}
	return fmt.Sprintf("%s %q", f.By, f.Text)
}
