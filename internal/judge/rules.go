package judge

import (
	"fmt"
	"strings"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
)

// Directives describes the pseudo-check about suppression comments.
var Directives = struct {
	Rule rule.Rule
	Doc  string
}{
	Rule: rule.Rule{Name: ignore.Rule, Severity: finding.Warning,
		Summary: "suppression comments without a reason, for unknown checks, or that suppress nothing"},
	Doc: `soplint: suppression comments that do not do what they say

	//soplint:ignore check[/rule][,check[/rule]...] reason

suppresses findings on its own line or, if it stands alone, on the line below.
The reason is required: a comment without one suppresses nothing. A comment
that suppresses nothing is reported, so that it goes when the code is mended.
//nolint:soplint and //nolint:check are understood, too.
`,
}

// Rules describes the chosen rules to formats that explain themselves.
func (j *Judge) Rules() []report.Rule {
	var out []report.Rule
	add := func(check, doc, url string, r rule.Rule, tags ...string) {
		if id := check + "/" + r.Name; j.Chosen.On(id) {
			out = append(out, report.Rule{ID: id, Severity: r.Severity, Summary: r.Summary,
				Help: strings.TrimSpace(doc), URL: url + "#" + r.Name, Tags: tags})
		}
	}
	for _, c := range j.Chosen.Checks() {
		var tags []string
		if c.CWE != 0 {
			tags = append(tags, fmt.Sprintf("external/cwe/cwe-%d", c.CWE))
		}
		for _, r := range c.Rules {
			add(c.Analyzer.Name, c.Analyzer.Doc, c.Analyzer.URL, r, tags...)
		}
	}
	add(ignore.Check, Directives.Doc, settings.Analyzer.URL, Directives.Rule)
	return out
}
