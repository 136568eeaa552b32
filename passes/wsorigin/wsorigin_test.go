package wsorigin_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/wsorigin"
)

func Test(t *testing.T) {
	fixture.Run(t, wsorigin.Analyzer, "wsorigin/...")
}

func TestFixes(t *testing.T) {
	fixture.RunFixes(t, wsorigin.Analyzer, "wsoriginfix")
}
