package corsheader_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/corsheader"
)

func Test(t *testing.T) {
	fixture.RunFixes(t, corsheader.Analyzer, "corsheader", "corsheaderlists")
}
