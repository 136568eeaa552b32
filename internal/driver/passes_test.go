package driver_test

import (
	"go/types"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"

	"github.com/soplint/soplint/internal/rule"
)

// probe is a check with a fact that calls visit for every package.
func probe(visit func(*analysis.Pass)) rule.Check {
	return rule.Check{Analyzer: &analysis.Analyzer{
		Name: "probe", Doc: "probe: look at passes", URL: "https://example.com/probe",
		FactTypes:        []analysis.Fact{new(path), new(order)},
		Requires:         []*analysis.Analyzer{buildssa.Analyzer},
		ResultType:       rule.ResultType,
		RunDespiteErrors: true,
		Run: func(pass *analysis.Pass) (any, error) {
			visit(pass)
			return &rule.Result{}, nil
		},
	}}
}

type path struct{ Path string }

func (*path) AFact() {}

type order struct{ Number int }

func (*order) AFact() {}

// Syntax, types and pass results of a package go as soon as it is finished.
func TestMemoryIsGivenBack(t *testing.T) {
	var alive, most atomic.Int64
	check := probe(func(pass *analysis.Pass) {
		most.Store(max(most.Load(), alive.Add(1)))
		runtime.AddCleanup(pass.TypesInfo, func(*atomic.Int64) { alive.Add(-1) }, &alive)
		pass.ExportPackageFact(&path{pass.Pkg.Path()})
		runtime.GC()
		runtime.GC() // the first one finds the cleanups, which then run by themselves
	})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	run(t, options(chain(t, 12, 2), check))
	if got := most.Load(); got > 12 {
		t.Errorf("the type information of %d packages was in memory at the same time", got)
	}
}

func TestFacts(t *testing.T) {
	dir := chain(t, 3, 2)
	check := probe(func(pass *analysis.Pass) {
		pass.ExportPackageFact(&path{"overwritten"})
		pass.ExportPackageFact(&path{pass.Pkg.Path()})
		for _, name := range pass.Pkg.Scope().Names() {
			object := pass.Pkg.Scope().Lookup(name)
			pass.ExportObjectFact(object, &order{1})
			pass.ExportObjectFact(object, &order{2})
		}
		want := 1
		for _, imported := range pass.Pkg.Imports() {
			var got path
			if !pass.ImportPackageFact(imported, &got) || got.Path != imported.Path() {
				t.Errorf("%s: fact about %s is %v", pass.Pkg.Path(), imported.Path(), got)
			}
			for _, name := range imported.Scope().Names() {
				var got order
				if !pass.ImportObjectFact(imported.Scope().Lookup(name), &got) || got.Number != 2 {
					t.Errorf("%s: fact about %s.%s is %v", pass.Pkg.Path(), imported.Path(), name, got)
				}
			}
		}
		if n := strings.TrimPrefix(pass.Pkg.Path(), "example.com/app/p"); n != pass.Pkg.Path() {
			want = 2 + 2*int(n[0]-'0')
		}
		if got := len(pass.AllPackageFacts()); got != want {
			t.Errorf("%s: %d package facts in reach, want %d", pass.Pkg.Path(), got, want)
		}
		if got := len(pass.AllObjectFacts()); got != want {
			t.Errorf("%s: %d object facts in reach, want %d", pass.Pkg.Path(), got, want)
		}
		var got order
		if pass.ImportObjectFact(types.Universe.Lookup("error"), &got) {
			t.Error("a fact about the universe")
		}
	})
	if outcome := run(t, options(dir, check)); len(outcome.Problems) > 0 {
		t.Error(outcome.Problems)
	}
}

func TestForeignFactPanics(t *testing.T) {
	check := probe(func(pass *analysis.Pass) {
		pass.ExportObjectFact(types.Universe.Lookup("error"), &order{1})
	})
	outcome := run(t, options(chain(t, 1, 1), check))
	if len(outcome.Problems) != 2 || len(outcome.Stacks) != 2 ||
		!strings.Contains(outcome.Problems[0].Message, "pass probe panicked: probe exports a fact about") {
		t.Errorf("got %v", outcome.Problems)
	}
}

// What a pass is told about its package.
func TestPass(t *testing.T) {
	dir := unpack(t, "pass")
	seen := make(map[string]bool)
	check := probe(func(pass *analysis.Pass) {
		seen[pass.Pkg.Path()] = true
		if pass.Module.Path != "example.com/app" || pass.Module.GoVersion != "1.24" {
			t.Errorf("module is %+v", pass.Module)
		}
		if pass.TypesSizes.Sizeof(types.Typ[types.Uintptr]) != 4 {
			t.Error("sizes are not those of a 32-bit processor")
		}
		if !slices.ContainsFunc(pass.IgnoredFiles, func(f string) bool { return filepath.Base(f) == "ignored.go" }) {
			t.Errorf("ignored files are %v", pass.IgnoredFiles)
		}
		for _, name := range append(pass.IgnoredFiles, pass.OtherFiles...) {
			if _, err := pass.ReadFile(name); err != nil {
				t.Error(err)
			}
		}
		if data, err := pass.ReadFile(pass.Fset.File(pass.Files[0].FileStart).Name()); err != nil || len(data) == 0 {
			t.Errorf("cannot read the file of the pass: %v", err)
		}
		if _, err := pass.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			t.Error("a pass can read any file")
		}
		if pass.ResultOf[buildssa.Analyzer].(*buildssa.SSA).Pkg == nil {
			t.Error("no SSA")
		}
	})
	o := options(dir, check)
	o.Env = append(o.Env, "GOOS=linux", "GOARCH=386", "CGO_ENABLED=0")
	outcome := run(t, o)
	if len(outcome.Problems) > 0 || !seen["example.com/app"] {
		t.Errorf("problems %v, seen %v", outcome.Problems, seen)
	}
}

// Passes that say they can, run on what does not type-check, and are told the
// errors; if they require passes that cannot, they do not.
func TestDespiteErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/web\n")
	write(t, filepath.Join(dir, "web.go"), "package web\n\nvar x, y = a, b\n")
	ran := 0
	check := probe(func(pass *analysis.Pass) {
		ran++
		if len(pass.TypeErrors) != 2 {
			t.Errorf("got %d type errors, want 2", len(pass.TypeErrors))
		}
	})
	outcome := run(t, options(dir, check))
	if ran != 0 || len(outcome.Problems) != 1 {
		t.Errorf("ran %d times, problems %v", ran, outcome.Problems)
	}
	check.Analyzer.Requires = nil
	run(t, options(dir, check))
	if ran != 1 {
		t.Errorf("ran %d times, want once", ran)
	}
}
