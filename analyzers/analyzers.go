// Package analyzers is the registry of checks: the one place that knows which
// passes there are.
package analyzers

import (
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/passes/corscredentials"
	"github.com/soplint/soplint/passes/corsheader"
	"github.com/soplint/soplint/passes/corsorigin"
	"github.com/soplint/soplint/passes/getstate"
	"github.com/soplint/soplint/passes/wsorigin"
)

// All returns every check, sorted by name.
func All() []rule.Check {
	return []rule.Check{
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
		{CWE: 352, Analyzer: getstate.Analyzer, Rules: []rule.Rule{
			{Name: "anymethod", Severity: finding.Error, Summary: "a route for every method whose handler changes state on GET"},
			{Name: "logout", Severity: finding.Note, Summary: "a logout by GET"},
			{Name: "route", Severity: finding.Error, Summary: "a route for GET whose handler changes state"},
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
