package guardabort_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/guardabort"
)

func Test(t *testing.T) {
	fixture.Run(t, guardabort.Analyzer, "guardabort/...")
}

func TestFix(t *testing.T) {
	fixture.RunFixes(t, guardabort.Analyzer, "guardabortfix")
}
