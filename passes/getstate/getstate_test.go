package getstate_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/getstate"
)

func Test(t *testing.T) {
	fixture.Run(t, getstate.Analyzer, "getstate/...")
}

func TestFixes(t *testing.T) {
	fixture.RunFixes(t, getstate.Analyzer, "getstatefix")
}
