package syntax

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ast/astutil"
)

func typesOf(path []ast.Node) string {
	var text strings.Builder
	for _, n := range path {
		fmt.Fprintf(&text, "%T ", n)
	}
	return text.String()
}

// At every place of every kind of code it must be what astutil says.
func TestEnclosing(t *testing.T) {
	files, err := filepath.Glob("../../testdata/src/fixtures/corsorigin/*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures to compare with", err)
	}
	files = append(files, "enclosing.go", "enclosing_test.go", "testdata/statements.go")
	compared := 0
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		fset.AddFile("before.go", -1, 10)
		file, err := parser.ParseFile(fset, name, content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for pos := file.FileStart; pos < file.FileEnd; pos++ {
			want, _ := astutil.PathEnclosingInterval(file, pos, pos)
			compared++
			if got := Enclosing(file, pos); !slices.Equal(got, want) {
				t.Fatalf("%s: %s, want %s", fset.Position(pos), typesOf(got), typesOf(want))
			}
		}
	}
	if compared < 10_000 {
		t.Errorf("compared %d places, want all of the fixtures", compared)
	}
}
