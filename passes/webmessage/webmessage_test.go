package webmessage_test

import (
	"testing"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/passes/webmessage"
)

func TestLiterals(t *testing.T) { fixture.Run(t, webmessage.Analyzer, "webmessage/literals") }

func TestFiles(t *testing.T) { fixture.RunPages(t, webmessage.Analyzer, "webmessage/files") }
