package cli

import (
	"fmt"
	"strings"

	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/selection"
	"github.com/soplint/soplint/internal/settings"
)

// reportRules describes the chosen rules to formats that explain themselves.
func reportRules(chosen *selection.Set) []report.Rule {
	var out []report.Rule
	add := func(check, doc, url string, r rule.Rule, tags ...string) {
		if id := check + "/" + r.Name; chosen.On(id) {
			out = append(out, report.Rule{ID: id, Severity: r.Severity, Summary: r.Summary,
				Help: strings.TrimSpace(doc), URL: url + "#" + r.Name, Tags: tags})
		}
	}
	for _, c := range chosen.Checks() {
		var tags []string
		if c.CWE != 0 {
			tags = append(tags, fmt.Sprintf("external/cwe/cwe-%d", c.CWE))
		}
		for _, r := range c.Rules {
			add(c.Analyzer.Name, c.Analyzer.Doc, c.Analyzer.URL, r, tags...)
		}
	}
	add(ignore.Check, directives.doc, settings.Analyzer.URL, directives.rule)
	return out
}
