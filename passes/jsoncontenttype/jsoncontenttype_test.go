package jsoncontenttype_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/jsoncontenttype"
)

func Test(t *testing.T) {
	fixture.Run(t, jsoncontenttype.Analyzer, "jsoncontenttype/...")
}
