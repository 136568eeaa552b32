package served

import (
	"go/token"
	"strings"
	"testing"
)

// FuzzDirectives looks for directives in a page: each stands in the file, on one
// line, and begins like one in Go.
func FuzzDirectives(f *testing.F) {
	for _, text := range []string{"<!-- soplint:ignore webmessage/target reason -->\n", "// nolint:soplint\r\nx", "{{/* soplint:ignore a b */}}", "/*soplint:ignore", "<!--nolint:a-->"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := &File{content: []byte(text), name: "page.html", fset: token.NewFileSet()}
		for _, d := range file.directives() {
			from, to := file.fset.Position(d.Pos), file.fset.Position(d.End)
			if from.Offset > to.Offset || to.Offset > len(text) || from.Line != to.Line && !strings.Contains(text, "\n") {
				t.Errorf("%q: from %v to %v", text, from, to)
			}
			if !strings.HasPrefix(d.Text, "//soplint:ignore") && !strings.HasPrefix(d.Text, "//nolint:") {
				t.Errorf("%q gives %q", text, d.Text)
			}
		}
	})
}
