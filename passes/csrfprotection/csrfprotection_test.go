package csrfprotection_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/csrfprotection"
)

func Test(t *testing.T) {
	fixture.Run(t, csrfprotection.Analyzer, "csrfprotection/...")
}

func TestFix(t *testing.T) {
	fixture.RunFixes(t, csrfprotection.Analyzer, "csrfprotectionfix")
}
