package cookiesamesite_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/cookiesamesite"
)

func Test(t *testing.T) {
	fixture.Run(t, cookiesamesite.Analyzer, "cookiesamesite/...")
}

func TestFix(t *testing.T) {
	fixture.RunFixes(t, cookiesamesite.Analyzer, "cookiesamesitefix")
}
