// Package analyzers is the registry of checks: the one place that knows which
// passes there are.
package analyzers

import (
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/passes/cookiesamesite"
	"github.com/soplint/soplint/passes/corscredentials"
	"github.com/soplint/soplint/passes/corsheader"
	"github.com/soplint/soplint/passes/corsorigin"
	"github.com/soplint/soplint/passes/crossoriginpolicy"
	"github.com/soplint/soplint/passes/csrfprotection"
	"github.com/soplint/soplint/passes/framing"
	"github.com/soplint/soplint/passes/getstate"
	"github.com/soplint/soplint/passes/guardabort"
	"github.com/soplint/soplint/passes/hostcheck"
	"github.com/soplint/soplint/passes/jsoncontenttype"
	"github.com/soplint/soplint/passes/jsonp"
	"github.com/soplint/soplint/passes/webmessage"
	"github.com/soplint/soplint/passes/wsorigin"
)

// All returns every check, sorted by name.
func All() []rule.Check {
	return []rule.Check{
		{CWE: 1275, Analyzer: cookiesamesite.Analyzer, Rules: []rule.Rule{
			{Name: "insecure", Severity: finding.Warning, Summary: "a session cookie that is SameSite=None without Secure, which browsers refuse"},
			{Name: "libdefault", Severity: finding.Warning, Summary: "a session library whose default is SameSite=None, or nothing"},
			{Name: "none", Severity: finding.Warning, Summary: "a session cookie that is sent with requests of any site"},
			{Name: "unset", Severity: finding.Warning, Summary: "a session cookie without SameSite"},
		}},
		{CWE: 942, Analyzer: corscredentials.Analyzer, Rules: []rule.Rule{
			{Name: "reflecting", Severity: finding.Error, Summary: "a library that answers every Origin with itself and with credentials"},
			{Name: "refused", Severity: finding.Warning, Summary: "every origin with credentials, which the library refuses to start with"},
			{Name: "wildcard", Severity: finding.Warning, Summary: "* together with credentials, which browsers refuse"},
		}},
		{CWE: 942, Analyzer: corsheader.Analyzer, Rules: []rule.Rule{
			{Name: "invalid", Severity: finding.Warning, Summary: "an Access-Control-Allow-Origin that no browser matches"},
			{Name: "preflight", Severity: finding.Note, Summary: "a * that credentials make a literal"},
			{Name: "value", Severity: finding.Warning, Summary: "an Access-Control-Allow-Credentials that is not exactly true"},
			{Name: "vary", Severity: finding.Note, Summary: "an answer that depends on the Origin and does not say so"},
		}},
		{CWE: 942, Analyzer: corsorigin.Analyzer, Rules: []rule.Rule{
			{Name: "anyorigin", Severity: finding.Note, Summary: "* without credentials"},
			{Name: "failopen", Severity: finding.Warning, Summary: "any origin while nothing is configured"},
			{Name: "null", Severity: finding.Error, Summary: "the origin null, which any site can have"},
			{Name: "reflected", Severity: finding.Error, Summary: "the request's Origin, unchecked"},
			{Name: "weak", Severity: finding.Error, Summary: "the request's Origin behind a check that an attacker passes"},
		}},
		{CWE: 693, Analyzer: crossoriginpolicy.Analyzer, Rules: []rule.Rule{
			{Name: "embedder", Severity: finding.Warning, Summary: "a Cross-Origin-Embedder-Policy that browsers ignore"},
			{Name: "opener", Severity: finding.Warning, Summary: "a Cross-Origin-Opener-Policy that is none or that browsers ignore"},
			{Name: "resource", Severity: finding.Warning, Summary: "a Cross-Origin-Resource-Policy that opens what is private or that browsers ignore"},
		}},
		{CWE: 352, Analyzer: csrfprotection.Analyzer, Rules: []rule.Rule{
			{Name: "bypass", Severity: finding.Error, Summary: "a pattern or predicate that exempts every request, what any page can send, or a subtree where something is changed"},
			{Name: "deny", Severity: finding.Error, Summary: "a deny handler that serves what is protected"},
			{Name: "extractor", Severity: finding.Error, Summary: "a token that is looked for in the cookie it is compared with"},
			{Name: "missing", Severity: finding.Warning, Summary: "a server whose users browsers name by themselves, with nothing that stops forms of other sites"},
			{Name: "nevermatch", Severity: finding.Warning, Summary: "a trusted origin that no browser sends"},
			{Name: "trusted", Severity: finding.Warning, Summary: "a trusted origin over http"},
			{Name: "unused", Severity: finding.Error, Summary: "protection whose result is thrown away"},
			{Name: "version", Severity: finding.Warning, Summary: "a library version with a known hole"},
		}},
		{CWE: 1021, Analyzer: framing.Analyzer, Rules: []rule.Rule{
			{Name: "any", Severity: finding.Warning, Summary: "a frame-ancestors that every site matches"},
			{Name: "invalid", Severity: finding.Warning, Summary: "a header about framing that browsers ignore"},
		}},
		{CWE: 352, Analyzer: getstate.Analyzer, Rules: []rule.Rule{
			{Name: "anymethod", Severity: finding.Error, Summary: "a route for every method whose handler changes state on GET"},
			{Name: "logout", Severity: finding.Note, Summary: "a logout by GET"},
			{Name: "override", Severity: finding.Warning, Summary: "a form that reaches PUT, PATCH and DELETE by naming the method"},
			{Name: "route", Severity: finding.Error, Summary: "a route for GET whose handler changes state"},
		}},
		{CWE: 705, Analyzer: guardabort.Analyzer, Rules: []rule.Rule{
			{Name: "noabort", Severity: finding.Error, Summary: "a refusal in a chain of handlers that does not abort it"},
			{Name: "noreturn", Severity: finding.Error, Summary: "a refusal after which the code goes on to the handler"},
		}},
		{CWE: 350, Analyzer: hostcheck.Analyzer, Rules: []rule.Rule{
			{Name: "rebinding", Severity: finding.Warning, Summary: "a server on a loopback address that a site reaches by a name of its own"},
		}},
		{CWE: 352, Analyzer: jsoncontenttype.Analyzer, Rules: []rule.Rule{
			{Name: "formbind", Severity: finding.Error, Summary: "what is declared for JSON is filled from a form"},
			{Name: "unchecked", Severity: finding.Error, Summary: "a body of any Content-Type is taken for JSON"},
			{Name: "weak", Severity: finding.Error, Summary: "a check of the Content-Type that a foreign page gets past"},
		}},
		{CWE: 346, Analyzer: jsonp.Analyzer, Rules: []rule.Rule{
			{Name: "callback", Severity: finding.Error, Summary: "an answer that calls the function which the request names (JSONP)"},
			{Name: "script", Severity: finding.Error, Summary: "a script with a user's data in it"},
		}},
		{CWE: 346, Analyzer: webmessage.Analyzer, Rules: []rule.Rule{
			{Name: "crossorigin", Severity: finding.Note, Summary: "what is loaded from another site in a way in which it does not work"},
			{Name: "jsonp", Severity: finding.Warning, Summary: "data of another site that runs as a script of the page (JSONP)"},
			{Name: "listener", Severity: finding.Warning, Summary: "a message listener that takes messages from any origin"},
			{Name: "opener", Severity: finding.Warning, Summary: "a window.opener or document.domain that gives other pages a hold on this one"},
			{Name: "sandbox", Severity: finding.Warning, Summary: "a frame whose sandbox is none"},
			{Name: "target", Severity: finding.Warning, Summary: "data posted to whatever page is there"},
		}},
		{CWE: 1385, Analyzer: wsorigin.Analyzer, Rules: []rule.Rule{
			{Name: "anyorigin", Severity: finding.Error, Summary: "a WebSocket that every origin may open"},
			{Name: "default", Severity: finding.Error, Summary: "a WebSocket library that accepts every origin by default"},
			{Name: "nevermatch", Severity: finding.Warning, Summary: "an origin pattern that no browser's Origin matches"},
			{Name: "unset", Severity: finding.Note, Summary: "an upgrade that is left to the library's same-host check"},
			{Name: "weak", Severity: finding.Error, Summary: "an origin check that an attacker passes"},
		}},
	}
}
