package corsorigin

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/web"
)

//go:embed doc.go
var doc string

// Analyzer reports Access-Control-Allow-Origin that an attacker's page gets.
var Analyzer = &analysis.Analyzer{
	Name:       "corsorigin",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("corsorigin"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, origin.Analyzer},
	ResultType: rule.ResultType,
}

const withoutCredentials = "as good as *: what is read is what the server shows without cookies, " +
	"so it matters where network position or a token in the page is what protects the data"

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[origin.Analyzer].(*origin.Result)
	write := func(w *origin.Write) (rule.Report, bool) {
		report, ok := judgeWrite(w)
		report.Fix = mendWrite(pass, found, w, report.Rule)
		return report, ok
	}
	policy := func(p *origin.Policy) (rule.Report, bool) {
		report, ok := judgePolicy(p)
		if report.Rule == "weak" {
			report.Fix = mendPolicy(pass, found, p)
		}
		return report, ok
	}
	return found.ReportCORS(pass, write, policy), nil
}

// mendWrite returns the mechanical mend of a write, if there is one.
func mendWrite(pass *analysis.Pass, found *origin.Result, w *origin.Write, rule string) *analysis.SuggestedFix {
	switch {
	case rule == "weak":
		return found.MendCheck(pass, w)
	case rule == "reflected" && w.Certain && found.Flow.InPackage(w.Site):
		return mend.Switch(pass, w.Site.Pos, "Let in no origin but those named in a switch, none so far")
	}
	return nil
}

func mendPolicy(pass *analysis.Pass, found *origin.Result, p *origin.Policy) *analysis.SuggestedFix {
	if p.Cause == "func" {
		return found.MendCheck(pass, &p.Write)
	}
	return found.MendEntry(pass, p)
}

// judgeWrite decides what a write amounts to. A write of * with credentials is
// left to corscredentials.
func judgeWrite(w *origin.Write) (rule.Report, bool) {
	r := rule.Report{Condition: withoutCredentials}
	if w.Credentials != origin.None {
		r.Condition = w.Attacker.WithCredentials()
	}
	switch {
	case !w.Reflected && w.Value == "null":
		r.Rule, r.Message = "null", "Access-Control-Allow-Origin is null, the origin that any site has in a sandboxed frame"
		r.Severity = severity(w, finding.Note)
	case !w.Reflected:
		r.Rule, r.Severity = "anyorigin", finding.Note
		r.Message = "Access-Control-Allow-Origin is *, so any site can read this response without credentials"
		return r, w.Credentials == origin.None
	case w.Attacker.Foothold == web.AnySite:
		reflected(w, &r)
	case w.Attacker.Foothold == web.Sandbox:
		r.Rule, r.Message = "null", "the origin check accepts null, the origin that any site has in a sandboxed frame"
		r.Severity = severity(w, finding.Note)
	default:
		r.Rule, r.Message = "weak", weakness(w)
		r.Severity = w.Narrow(severity(w, finding.Note))
	}
	return r, true
}

// reflected describes a write that lets every site in.
func reflected(w *origin.Write, r *rule.Report) {
	r.Rule = "reflected"
	r.Severity = severity(w, finding.Warning)
	r.Message = "Access-Control-Allow-Origin echoes any Origin, so any site can read this response without the user's cookies"
	if w.Credentials != origin.None {
		r.Message = "Access-Control-Allow-Origin echoes the request's Origin with credentials: any site can read this response"
	}
	if w.Preflight {
		r.Severity = min(severity(w, finding.Note), finding.Warning)
		r.Message = "answers to preflights echo any Origin: any site can send requests that need one, and read nothing"
		r.Condition = "the requests carry credentials only if the same answer allows them"
		return
	}
	if w.Certain {
		if check := w.LastCheck(); check != "" {
			r.Rule = "weak"
			r.Message = fmt.Sprintf("origin check %s accepts %s", check, w.Attacker.Origin)
		}
		return
	}
	if d := w.Decider(); d != nil {
		r.Message = fmt.Sprintf("depending on %s, any Origin is echoed: any site can then read this response", d.Text)
		if d.Empty && d.Opens {
			r.Rule = "failopen"
			r.Message = fmt.Sprintf("every origin is let in while %s is empty: any site can then read this response", d.Text)
		}
	}
}

// severity is error with credentials, else without, and one less where a
// setting of the program decides.
func severity(w *origin.Write, without finding.Severity) finding.Severity {
	s := without
	if w.Credentials != origin.None {
		s = finding.Error
	}
	return w.Settled(s)
}

func weakness(w *origin.Write) string {
	if check := w.LastCheck(); check != "" {
		return fmt.Sprintf("origin check %s also accepts %s", check, w.Attacker.Origin)
	}
	return fmt.Sprintf("the origin check also accepts %s", w.Attacker.Origin)
}

// judgePolicy decides what a library's configuration amounts to. What a library
// makes of every origin with credentials is left to corscredentials, unless it
// is a callback that lets every origin in.
func judgePolicy(p *origin.Policy) (rule.Report, bool) {
	w := &p.Write
	r := rule.Report{Condition: withoutCredentials, Severity: severity(w, finding.Note)}
	if p.Answer.Credentials {
		r.Condition = p.Attacker.WithCredentials()
	}
	anySite := p.Attacker.Foothold == web.AnySite
	switch {
	case p.Answer.Refused != "" || anySite && p.Answer.Credentials && p.Cause != "func" || !p.Reflected && p.Answer.Credentials:
		return r, false
	case p.Cause == "func" && anySite && p.Answer.Credentials:
		r.Rule, r.Message = "reflected", "the callback accepts "+p.Attacker.Every()+", with credentials: any site can read responses"
		if d := w.DeciderWithin(); d != nil {
			r.Message = fmt.Sprintf("depending on %s, the callback accepts every Origin, with credentials: any site can then read responses", d.Text)
			break
		}
		if check := w.LastCheck(); check != "" {
			r.Rule, r.Message = "weak", fmt.Sprintf("origin check %s accepts %s", check, p.Attacker.Origin)
		}
	case anySite:
		r.Rule, r.Message = "anyorigin", fmt.Sprintf("%s lets %s read responses without credentials", p.Library, p.Attacker.AnyPage())
	case p.Attacker.Foothold == web.Sandbox:
		r.Rule, r.Message = "null", "the origin null is let in, the origin that any site has in a sandboxed frame"
	case p.Entry != "":
		r.Rule, r.Message = "weak", fmt.Sprintf("the allowed origin %q also lets in %s", p.Entry, p.Attacker.Origin)
	default:
		r.Rule, r.Message = "weak", weakness(w)
	}
	r.Severity = w.Narrow(r.Severity)
	if p.Outside {
		r.Severity = finding.Note
	}
	return r, true
}
