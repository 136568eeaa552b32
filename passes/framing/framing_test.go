package framing_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/framing"
)

func Test(t *testing.T) {
	fixture.RunFixes(t, framing.Analyzer, "framing/...")
}
