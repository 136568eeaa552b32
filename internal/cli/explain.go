package cli

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/selection"
)

// directives describes the pseudo-check about suppression comments.
var directives = struct {
	rule rule.Rule
	doc  string
}{
	rule: rule.Rule{Name: ignore.Rule, Severity: finding.Warning,
		Summary: "suppression comments without a reason, for unknown checks, or that suppress nothing"},
	doc: `soplint: suppression comments that do not do what they say

	//soplint:ignore check[/rule][,check[/rule]...] reason

suppresses findings on its own line or, if it stands alone, on the line below.
The reason is required: a comment without one suppresses nothing. A comment
that suppresses nothing is reported, so that it goes when the code is mended.
//nolint:soplint and //nolint:check are understood, too.
`,
}

// list prints all checks and rules.
func (a *app) list(args []string) (int, error) {
	if err := noArguments("list", args); err != nil {
		return 0, err
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, c := range a.checks {
		for _, r := range c.Rules {
			fmt.Fprintf(w, "%s/%s\t%s\t%s\n", c.Analyzer.Name, r.Name, r.Severity, r.Summary)
		}
	}
	r := directives.rule
	fmt.Fprintf(w, "%s/%s\t%s\t%s\n", ignore.Check, r.Name, r.Severity, r.Summary)
	return exitClean, w.Flush()
}

// explain prints the documentation of checks, or one rule and its check's.
func (a *app) explain(args []string) (int, error) {
	if len(args) == 0 {
		return 0, errors.New("explain needs a check or check/rule; run soplint list for all of them")
	}
	all, err := selection.Parse(a.checks, "")
	if err != nil {
		return 0, err
	}
	for i, name := range args {
		if err := all.Lookup(name); err != nil {
			return 0, err
		}
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		a.explainOne(name)
	}
	return exitClean, nil
}

func (a *app) explainOne(name string) {
	check, ruleName, _ := strings.Cut(name, "/")
	if check == ignore.Check {
		a.document(check, directives.doc, "", []rule.Rule{directives.rule}, ruleName)
	}
	for _, c := range a.checks {
		if c.Analyzer.Name == check {
			a.document(check, c.Analyzer.Doc, c.Analyzer.URL, c.Rules, ruleName)
		}
	}
}

// document prints the rules, or only the one with that name, and then the
// documentation that they share.
func (a *app) document(check, doc, url string, rules []rule.Rule, only string) {
	for _, r := range rules {
		if only == "" || only == r.Name {
			fmt.Fprintf(a.stdout, "%s/%s (%s): %s\n", check, r.Name, r.Severity, r.Summary)
		}
	}
	fmt.Fprintf(a.stdout, "\n%s\n", strings.TrimSpace(doc))
	if url != "" {
		fmt.Fprintf(a.stdout, "\n%s\n", url)
	}
}
