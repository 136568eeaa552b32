package cli

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/judge"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/selection"
)

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
	r := judge.Directives.Rule
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
		a.document(check, judge.Directives.Doc, "", []rule.Rule{judge.Directives.Rule}, ruleName)
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
		fmt.Fprintf(a.stdout, "in browsers: %s#%s\n", rule.Runs, check)
	}
}
