package cookiesamesite

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/cookie"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/web"
)

//go:embed doc.go
var doc string

// Analyzer reports session and auth cookies that browsers send with requests of
// other sites.
var Analyzer = &analysis.Analyzer{
	Name:       "cookiesamesite",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("cookiesamesite"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, cookie.Analyzer},
	ResultType: rule.ResultType,
}

const (
	withNone = "with every request in Chromium, with navigations and form posts in Firefox and Safari, too; " +
		"it hurts where such a request changes something and nothing else asks where it came from"
	withoutAttribute = "Chromium treats the cookie as Lax, but for form posts in its first two minutes; " +
		"it hurts where a form post changes something and nothing else asks where it came from"
	refused = "Safari keeps the cookie, and sends it with requests of any site"
)

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[cookie.Analyzer].(*cookie.Result)
	reporter := rule.NewReporter(pass)
	for _, c := range found.Cookies {
		report, weak := judge(c)
		if !weak {
			continue
		}
		report.Pos = c.Pos
		if c.Sent.IsValid() && c.Sent != c.Pos {
			report.Related = []analysis.RelatedInformation{{Pos: c.Sent, Message: "the cookie is sent here"}}
		}
		if c.By != "" {
			report.Related = append(report.Related, analysis.RelatedInformation{Pos: c.Pos, Message: "its attributes are those that " + c.By + " gives it"})
		}
		if c.Value.IsValid() {
			report.Related = append(report.Related, analysis.RelatedInformation{Pos: c.Value, Message: "its value is made from this"})
		}
		if report.Rule == "unset" {
			report.Fix = mend.Option(pass, c.Pos, "net/http", "SameSite", "{package}.SameSiteLaxMode", "Make it SameSite=Lax")
		}
		reporter.Report(report)
	}
	return reporter.Result(), nil
}

// judge decides what a cookie's attributes amount to. Where a setting, or code
// elsewhere, may make it Lax or Strict, there is nothing to say.
func judge(c *cookie.Cookie) (rule.Report, bool) {
	r := rule.Report{Severity: finding.Warning}
	switch {
	case !c.SameSite.Only(web.SameSiteNone, web.SameSiteUnset):
		return r, false
	case c.SameSite.Is[web.SameSiteNone] && c.Secure == cookie.No:
		r.Rule, r.Condition = "insecure", refused
		r.Message = named(c) + " is SameSite=None without Secure: Chromium and Firefox refuse it"
	case c.SameSite.Is[web.SameSiteNone] && c.Library != "":
		r.Rule, r.Condition = "libdefault", withNone
		r.Message = fmt.Sprintf("%s makes its cookie SameSite=None: browsers send it with requests of any site", library(c))
	case c.SameSite.Is[web.SameSiteNone]:
		r.Rule, r.Condition = "none", withNone
		r.Message = named(c) + " is SameSite=None: browsers send it with requests of any site"
		if c.Isolated {
			r.Severity = finding.Note
			r.Condition = "it is kept apart for each site at the top, so that only navigations and form posts of other sites carry it"
		}
	case c.Library != "":
		r.Rule, r.Condition = "libdefault", withoutAttribute
		r.Message = fmt.Sprintf("%s leaves SameSite out: Firefox and Safari send its cookie with form posts of any site", library(c))
	case c.Late:
		r.Rule, r.Condition = "unset", withoutAttribute
		r.Message = named(c) + " is sent before SetSameSite, so it has no SameSite: Firefox and Safari send it cross-site"
	default:
		r.Rule, r.Condition = "unset", withoutAttribute
		r.Message = named(c) + " has no SameSite: Firefox and Safari send it with form posts of any site"
	}
	return r, true
}

func named(c *cookie.Cookie) string {
	if c.Name == "" {
		return "the session cookie"
	}
	return fmt.Sprintf("session cookie %q", c.Name)
}

func library(c *cookie.Cookie) string {
	if c.Version == "" {
		return c.Library
	}
	return c.Library + " of " + c.Version
}
