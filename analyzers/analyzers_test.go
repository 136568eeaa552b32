package analyzers_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
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

// quoted finds what the page about the same-origin policy calls a check or a rule.
var quoted = regexp.MustCompile("`([a-z]+(?:/[a-z]+)?)`")

// The page about the same-origin policy names every check, and none that does not
// exist.
func TestPolicyNamesEveryCheck(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "docs", "same-origin-policy.md"))
	if err != nil {
		t.Fatal(err)
	}
	known, named := map[string]bool{}, map[string]bool{}
	for _, c := range analyzers.All() {
		known[c.Analyzer.Name] = true
		for _, r := range c.Rules {
			known[c.Analyzer.Name+"/"+r.Name] = true
		}
	}
	for line := range strings.Lines(string(content)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "|") || len(cells) < 3 {
			continue
		}
		for _, match := range quoted.FindAllStringSubmatch(cells[2], -1) {
			check, _, _ := strings.Cut(match[1], "/")
			named[check] = true
			if !known[match[1]] {
				t.Errorf("there is no check %s", match[1])
			}
		}
	}
	for _, c := range analyzers.All() {
		if !named[c.Analyzer.Name] {
			t.Errorf("the page does not name %s", c.Analyzer.Name)
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
