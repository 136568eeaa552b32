package hostcheck_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/hostcheck"
)

func Test(t *testing.T) {
	fixture.Run(t, hostcheck.Analyzer, "hostcheck/...")
}
