package csrfprotection_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/csrfprotection"
)

func Test(t *testing.T) {
	fixture.Run(t, csrfprotection.Analyzer, "csrfprotection/...")
}

// TestPackages is of programs of several packages. That one imports a package with CSRF
// in its path is taken for protection, so these stand elsewhere.
func TestPackages(t *testing.T) {
	fixture.Run(t, csrfprotection.Analyzer, "unguarded/...")
}

func TestFix(t *testing.T) {
	fixture.RunFixes(t, csrfprotection.Analyzer, "csrfprotectionfix")
}
