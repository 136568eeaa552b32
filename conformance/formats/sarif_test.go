// Package formats holds what soplint writes and reads against schemas: its
// SARIF against that of the standard, .soplint.yml against the one that is
// published. It is a module of its own because of the libraries for that.
package formats

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/report"
)

const source = "package web\n\nfunc f() {\n\t_ = \"𝄞\"; bad()\n}\n"

// everything has all that a log can hold.
func everything() *report.Report {
	full := finding.Finding{Check: "corsorigin", Rule: "weak", Severity: finding.Error, Message: "a message", Condition: "a condition",
		File: "web/a b.go", Line: 4, Column: 14, EndLine: 4, EndColumn: 19, Fingerprint: "0123",
		Related: []finding.Related{{File: "web/a b.go", Line: 3, Column: 6, Message: "in f"}},
		Fixes:   []finding.Fix{{Message: "Remove it", Edits: []finding.Edit{{File: "web/a b.go", Start: 40, End: 45}, {File: "web/a b.go", Start: 12, End: 12, New: "\n"}}}}}
	byComment, byBaseline := full, full
	byComment.Suppress(finding.ByComment)
	byBaseline.Suppress(finding.ByBaseline)
	return &report.Report{
		Version:  "v1.2.3",
		Rules:    []report.Rule{{ID: "corsorigin/weak", Severity: finding.Error, Summary: "a summary", Help: "help", URL: "https://example.com/#weak", Tags: []string{"external/cwe/cwe-942"}}},
		Findings: []finding.Finding{full, byComment, byBaseline, {Check: "other", Rule: "rule", Severity: finding.Note, Message: "m", File: "/gone.go", Line: 1, Column: 1}},
		Problems: []finding.Problem{{Message: "a pattern"}, {Package: "example.com/p", File: "p/p.go", Line: 3, Message: "does not parse"}},
	}
}

func write(t *testing.T, r *report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	err := report.SARIF(&out, r, func(file string) ([]byte, error) {
		if file == "web/a b.go" {
			return []byte(source), nil
		}
		return nil, errors.New("gone")
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// schema takes the schema out of the source of go-sarif, which keeps it to
// itself: what that library validates is a log that it wrote anew.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", reflect.TypeFor[sarif.Report]().PkgPath()).Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	spec := file.Decls[0].(*ast.GenDecl).Specs[0].(*ast.ValueSpec)
	text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, text)
}

func TestSchema(t *testing.T) {
	schema := schema(t)
	for name, r := range map[string]*report.Report{"everything": everything(), "nothing": {Version: "devel"}} {
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(log); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The schema refuses what is not SARIF, so the test above can fail.
func TestSchemaRefuses(t *testing.T) {
	log, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.Replace(write(t, everything()), []byte("startLine"), []byte("startline"), 1)))
	if err != nil {
		t.Fatal(err)
	}
	if schema(t).Validate(log) == nil {
		t.Error("the schema accepts an unknown property")
	}
}
