package jsonp_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/jsonp"
)

func Test(t *testing.T) {
	fixture.Run(t, jsonp.Analyzer, "jsonp/...")
}
