package getstate_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/passes/getstate"
)

func Test(t *testing.T) {
	fixture.Run(t, getstate.Analyzer, "getstate/...")
}

// What a server asks for is what a report names.
func TestAuthority(t *testing.T) {
	conditions := map[string]string{}
	for _, result := range fixture.Run(t, getstate.Analyzer, "getstate/authority") {
		for _, report := range result.Result.(*rule.Result).Reports {
			conditions[report.Message] = report.Condition
		}
	}
	for path, asked := range map[string]string{
		"/cookie/remove":      "the server asks for cookies",
		"/basic/remove":       "the server asks for Basic authentication",
		"/certificate/remove": "the server asks for a client certificate",
		"/open/remove":        "nothing that a browser would not send",
	} {
		condition := conditions["GET "+path+" changes state: os.RemoveAll"]
		if !strings.HasPrefix(condition, asked) {
			t.Errorf("%s: want %q, got %q", path, asked, condition)
		}
	}
}

// What a setting of the program can stop is less severe.
func TestSettings(t *testing.T) {
	for _, result := range fixture.Run(t, getstate.Analyzer, "getstate/settings") {
		for _, report := range result.Result.(*rule.Result).Reports {
			if report.Severity != finding.Warning || len(report.Related) < 2 || !strings.HasSuffix(report.Related[len(report.Related)-1].Message, " decides here whether such requests are refused") {
				t.Errorf("%s: want a warning that shows the setting, got %v with %v", report.Message, report.Severity, report.Related)
			}
		}
	}
}

// Where another package registers what this one has, a report shows the line there
// that names the route.
func TestNamedElsewhere(t *testing.T) {
	for _, result := range fixture.Run(t, getstate.Analyzer, "getstate/generated") {
		for _, report := range result.Result.(*rule.Result).Reports {
			i := slices.IndexFunc(report.Related, func(r analysis.RelatedInformation) bool {
				return r.Message == "the route is registered here"
			})
			if i < 0 || filepath.Base(report.Elsewhere[i].Filename) != "api.go" {
				t.Errorf("%s: want the line of api.go that registers it, got %v at %v", report.Message, report.Related, report.Elsewhere)
			}
		}
	}
}

func TestFixes(t *testing.T) {
	fixture.RunFixes(t, getstate.Analyzer, "getstatefix")
}
