package wsorigin_test

import (
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/passes/wsorigin"
)

// Test wants, besides the fixtures' reports, that a switch lowers the severity,
// and one for developers by more.
func Test(t *testing.T) {
	want := map[string]finding.Severity{"settings.debug": finding.Warning, "settings.isDev": finding.Note}
	for _, result := range fixture.Run(t, wsorigin.Analyzer, "wsorigin/...") {
		for _, report := range result.Result.(*rule.Result).Reports {
			for setting, severity := range want {
				if !strings.Contains(report.Message, setting) {
					continue
				}
				if report.Severity != severity {
					t.Errorf("%s: severity %v, want %v", report.Message, report.Severity, severity)
				}
				delete(want, setting)
			}
		}
	}
	for setting := range want {
		t.Errorf("no report names %s", setting)
	}
}

func TestFixes(t *testing.T) {
	fixture.RunFixes(t, wsorigin.Analyzer, "wsoriginfix/...")
}
