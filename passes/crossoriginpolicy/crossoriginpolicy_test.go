package crossoriginpolicy_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/crossoriginpolicy"
)

func Test(t *testing.T) {
	fixture.RunFixes(t, crossoriginpolicy.Analyzer, "crossoriginpolicy/...")
}
