package analyzers_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/rule"
)

var update = flag.Bool("update", false, "write the pages under docs/checks anew")

// page is the documentation of a check as a Markdown page. The headings of its
// rules are what the addresses in findings point to.
func page(c rule.Check) string {
	return "# " + c.Analyzer.Name + "\n\n" + strings.ReplaceAll(c.Analyzer.Doc, "# Rule ", "## ") + "\n"
}

func TestPages(t *testing.T) {
	for _, c := range analyzers.All() {
		path := filepath.Join("..", "docs", "checks", c.Analyzer.Name+".md")
		if *update {
			if err := os.WriteFile(path, []byte(page(c)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		content, err := os.ReadFile(path)
		if err != nil || string(content) != page(c) {
			t.Errorf("%s is not what passes/%s/doc.go says (run this test with -update): %v", path, c.Analyzer.Name, err)
		}
	}
}

// Every rule is documented under a heading of its own, and no other is.
func TestRulesAreDocumented(t *testing.T) {
	for _, c := range analyzers.All() {
		var documented, registered []string
		for line := range strings.Lines(c.Analyzer.Doc) {
			if name, ok := strings.CutPrefix(strings.TrimSpace(line), "# Rule "); ok {
				documented = append(documented, name)
			}
		}
		for _, r := range c.Rules {
			registered = append(registered, r.Name)
		}
		slices.Sort(documented)
		slices.Sort(registered)
		if !slices.Equal(documented, registered) {
			t.Errorf("%s: documented %v, registered %v", c.Analyzer.Name, documented, registered)
		}
		for _, part := range []string{"Reported:", "Not reported:"} {
			if !strings.Contains(c.Analyzer.Doc, part) {
				t.Errorf("the documentation of %s has no part %q", c.Analyzer.Name, part)
			}
		}
	}
}

func TestSorted(t *testing.T) {
	all := analyzers.All()
	if !slices.IsSortedFunc(all, func(a, b rule.Check) int { return strings.Compare(a.Analyzer.Name, b.Analyzer.Name) }) {
		t.Error("checks are not sorted by name")
	}
	for _, c := range all {
		if !slices.IsSortedFunc(c.Rules, func(a, b rule.Rule) int { return strings.Compare(a.Name, b.Name) }) {
			t.Errorf("rules of %s are not sorted by name", c.Analyzer.Name)
		}
	}
}
