package headers_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/headers"
)

func TestSetters(t *testing.T) { fixture.Run(t, headers.Analyzer, "headers") }
