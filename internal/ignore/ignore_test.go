package ignore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

func lookup(name string) error {
	check, rule, _ := strings.Cut(name, "/")
	if (check == "cors" || check == "ws") && (rule == "" || rule == "weak" || rule == "null") {
		return nil
	}
	return fmt.Errorf("unknown check %q", name)
}

func TestWanted(t *testing.T) {
	for text, want := range map[string]bool{
		"//soplint:ignore cors reason": true,
		"//soplint:ignore":             true,
		"//nolint:cors":                true,
		"//nolint":                     false,
		"// soplint:ignore cors":       false,
		"/*soplint:ignore cors*/":      false,
		"// see soplint:ignore":        false,
	} {
		if Wanted(text) != want {
			t.Errorf("Wanted(%q) = %v", text, !want)
		}
	}
}

// TestApply tells what one comment does to findings cors/weak and ws/weak on
// its line.
func TestApply(t *testing.T) {
	for _, test := range []struct{ comment, suppressed, about string }{
		{"//soplint:ignore cors because", "cors/weak", ""},
		{"//soplint:ignore\tcors\tbecause", "cors/weak", ""},
		{"//soplint:ignore cors/weak because", "cors/weak", ""},
		{"//soplint:ignore cors,ws because of both", "cors/weak ws/weak", ""},
		{"//soplint:ignore cors/null because", "", "note: directive suppresses nothing: no finding of cors/null on line 5"},
		{"//soplint:ignore cors/null,ws because", "ws/weak", "note: directive suppresses nothing: no finding of cors/null on line 5"},
		{"//soplint:ignore cors", "", "warning: directive for cors gives no reason, so it suppresses nothing"},
		{"//soplint:ignore", "", "warning: directive names no check and gives no reason, so it suppresses nothing"},
		{"//soplint:ignore cros because", "", `warning: directive suppresses nothing: unknown check "cros"`},
		{"//soplint:ignore cors,cros because", "", `warning: directive suppresses nothing: unknown check "cros"`},
		{"//soplint:ignore cors, ws because", "", `warning: directive suppresses nothing: unknown check ""`},
		{"//soplint:ignored cors because", "", "warning: unknown directive //soplint:ignored, want //soplint:ignore check reason"},
		{"//nolint:soplint", "cors/weak ws/weak", ""},
		{"//nolint:ws", "ws/weak", ""},
		{"//nolint:gosec,cors // because", "cors/weak", ""},
		{"//nolint:cors//because", "cors/weak", ""},
		{"//nolint:gosec", "", ""},
		{"//nolint:", "", ""},
	} {
		findings := []finding.Finding{
			{Check: "cors", Rule: "weak", File: "a.go", Line: 5},
			{Check: "ws", Rule: "weak", File: "a.go", Line: 5},
			{Check: "cors", Rule: "weak", File: "a.go", Line: 4},
			{Check: "cors", Rule: "weak", File: "b.go", Line: 5},
		}
		about := Apply(findings,
			[]Comment{{Package: "p", File: "a.go", Line: 4, Column: 2, EndColumn: 9, Text: test.comment, Target: 5, Fingerprint: "f"}},
			Run{Lookup: lookup, Ran: func(string, string) bool { return true }, URL: "u"})
		var suppressed []string
		for _, f := range findings {
			if f.Suppressed {
				suppressed = append(suppressed, f.ID())
			}
		}
		if got := strings.Join(suppressed, " "); got != test.suppressed {
			t.Errorf("%s: suppresses %q, want %q", test.comment, got, test.suppressed)
		}
		var messages []string
		for _, f := range about {
			messages = append(messages, f.Severity.String()+": "+f.Message)
			if f.ID() != "soplint/ignore" || f.Package != "p" || f.File != "a.go" || f.Line != 4 || f.EndColumn != 9 || f.Fingerprint != "f" || f.URL != "u" {
				t.Errorf("%s: finding %+v", test.comment, f)
			}
		}
		if got := strings.Join(messages, "; "); got != test.about {
			t.Errorf("%s: reported as %q, want %q", test.comment, got, test.about)
		}
	}
}

// A comment is only unused where what it is for was looked for.
func TestUnusedOnlyWhereRun(t *testing.T) {
	comments := []Comment{
		{Package: "analysed", File: "a.go", Line: 1, Target: 1, Text: "//soplint:ignore cors because"},
		{Package: "analysed", File: "a.go", Line: 2, Target: 2, Text: "//soplint:ignore ws because"},
		{Package: "broken", File: "b.go", Line: 1, Target: 1, Text: "//soplint:ignore cors because"},
	}
	about := Apply(nil, comments, Run{Lookup: lookup, Ran: func(pkg, name string) bool { return pkg == "analysed" && name == "cors" }})
	lines := make([]int, 0)
	for _, f := range about {
		lines = append(lines, f.Line)
	}
	if !slices.Equal(lines, []int{1}) || about[0].File != "a.go" {
		t.Errorf("got %v", about)
	}
}
