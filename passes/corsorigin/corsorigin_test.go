package corsorigin_test

import (
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/web"
	"github.com/soplint/soplint/passes/corsorigin"
)

func Test(t *testing.T) {
	fixture.Run(t, corsorigin.Analyzer,
		"corsorigin/basic",
		"corsorigin/carried",
		"corsorigin/guards",
		"corsorigin/handedon/...",
		"corsorigin/helpers/...",
		"corsorigin/idioms",
		"corsorigin/supplied/...",
		"corsorigin/frameworks/...",
	)
}

// TestNull wants the condition of what lets a sandboxed frame in to speak of no
// cookies that such a frame does not send.
func TestNull(t *testing.T) {
	seen := 0
	for _, result := range fixture.Run(t, corsorigin.Analyzer, "corsorigin/null") {
		for _, report := range result.Result.(*rule.Result).Reports {
			if null := report.Rule == "null"; null == (report.Condition == web.WithCredentials) {
				t.Errorf("%s: the condition is %q", report.Message, report.Condition)
			} else if null && strings.Contains(report.Condition, "no others") {
				seen++
			}
		}
	}
	if seen != 3 {
		t.Errorf("%d reports of the origin null with credentials, want 3", seen)
	}
}

func TestFixes(t *testing.T) {
	fixture.RunFixes(t, corsorigin.Analyzer, "corsoriginfix")
}
