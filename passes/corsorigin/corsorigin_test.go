package corsorigin_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/corsorigin"
)

func Test(t *testing.T) {
	fixture.Run(t, corsorigin.Analyzer,
		"corsorigin/basic",
		"corsorigin/guards",
		"corsorigin/helpers/...",
		"corsorigin/idioms",
		"corsorigin/frameworks/...",
	)
}
