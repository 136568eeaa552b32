package plugin

import (
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/settings"
)

// build makes the analyzers as golangci-lint does.
func build(t *testing.T, raw map[string]any) ([]string, error) {
	t.Helper()
	t.Cleanup(func() { settings.Analyzer.Flags.Set("notes", "false") })
	newPlugin, err := register.GetPlugin("soplint")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(raw)
	if err != nil {
		return nil, err
	}
	if p.GetLoadMode() != register.LoadModeTypesInfo {
		t.Errorf("load mode %s", p.GetLoadMode())
	}
	built, err := p.BuildAnalyzers()
	var names []string
	for _, a := range built {
		names = append(names, a.Name)
	}
	return names, err
}

func TestSettings(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, content := range map[string]string{"go.mod": "module m\n", ".soplint.yml": "checks: [wsorigin]\n", "other.yml": "checks: [corsheader]\n", "wrong.yml": "x: 1\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		raw  map[string]any
		want []string
	}{
		{nil, []string{"wsorigin"}},
		{map[string]any{"config": "other.yml"}, []string{"corsheader"}},
		{map[string]any{"checks": []string{"corsorigin/weak", "wsorigin"}}, []string{"corsorigin", "wsorigin"}},
	} {
		if names, err := build(t, test.raw); err != nil || !slices.Equal(names, test.want) {
			t.Errorf("%v: %v, %v; want %v", test.raw, names, err, test.want)
		}
	}
	for _, test := range []struct {
		raw  map[string]any
		want string
	}{
		{map[string]any{"chekcs": 1}, `unknown field "chekcs"`},
		{map[string]any{"checks": []string{"wsorigni"}}, `unknown check "wsorigni" (did you mean wsorigin?)`},
		{map[string]any{"config": "wrong.yml"}, `wrong.yml:1: unknown key "x"`},
	} {
		if _, err := build(t, test.raw); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v, want %s", test.raw, err, test.want)
		}
	}
	for _, notes := range []bool{true, false} {
		if _, err := build(t, map[string]any{"notes": notes}); err != nil {
			t.Fatal(err)
		}
		if flag := settings.Analyzer.Flags.Lookup("notes"); (flag.Value.String() == "true") != notes {
			t.Errorf("notes: %s, want %v", flag.Value, notes)
		}
	}
}

// What is related becomes part of the message: golangci-lint would make findings
// of it.
func TestPathInMessage(t *testing.T) {
	fset := token.NewFileSet()
	file := fset.AddFile("/app/lib/lib.go", -1, 10)
	file.SetLines([]int{0, 5})
	inner := &analysis.Analyzer{Name: "a", Run: func(pass *analysis.Pass) (any, error) {
		pass.Report(analysis.Diagnostic{Message: "alone"})
		pass.Report(analysis.Diagnostic{Message: "found", Related: []analysis.RelatedInformation{
			{Pos: file.Pos(0), Message: "read here"}, {Pos: file.Pos(7), Message: "set here"}}})
		return nil, nil
	}}
	var got []string
	pass := &analysis.Pass{Fset: fset, Report: func(d analysis.Diagnostic) {
		got = append(got, d.Message)
		if d.Related != nil {
			t.Errorf("%s: related %v", d.Message, d.Related)
		}
	}}
	if _, err := inOneMessage(inner).Run(pass); err != nil {
		t.Fatal(err)
	}
	if want := []string{"alone", "found (lib.go:1 read here; lib.go:2 set here)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
