package ignore

import (
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

// FuzzApply wants a directive without a reason, or of unknown checks, to suppress
// nothing, and every finding to stay where it is.
func FuzzApply(f *testing.F) {
	for _, text := range []string{"//soplint:ignore cors/weak,ws reason", "//soplint:ignore", "//soplint:ignorecors", "//nolint:cors,soplint // why",
		"//nolint:", "//soplint:ignore ,, x", "//soplint:ignore\tcors\treason", "//soplint:ignore cors"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !Wanted(text) {
			return
		}
		findings := []finding.Finding{{Check: "cors", Rule: "weak", Line: 1}, {Check: "ws", Rule: "null", Line: 1}, {Check: "cors", Rule: "weak", Line: 2}}
		about := Apply(findings, []Comment{{Text: text, Target: 1}}, Run{Lookup: lookup, Ran: func(string, string) bool { return true }})
		if len(findings) != 3 || findings[2].Suppressed {
			t.Errorf("%q suppresses what stands on another line", text)
		}
		suppressed := findings[0].Suppressed || findings[1].Suppressed
		if strings.HasPrefix(text, directive) && suppressed && len(strings.Fields(strings.TrimPrefix(text, directive))) < 2 {
			t.Errorf("%q has no reason and suppresses", text)
		}
		if strings.HasPrefix(text, directive) && !suppressed && len(about) == 0 {
			t.Errorf("%q suppresses nothing, and nothing is said of it", text)
		}
	})
}
