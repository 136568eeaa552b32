package engine

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/survey"
)

// standard imports the standard library, once for all inputs.
var standard = sync.OnceValues(func() (*token.FileSet, types.Importer) {
	fset := token.NewFileSet()
	return fset, importer.ForCompiler(fset, "gc", nil)
})

// A loaded is a package that is ready for passes.
type loaded struct {
	fset  *token.FileSet
	files []*ast.File
	types *types.Package
	info  *types.Info
	read  func(string) ([]byte, error)
	facts []analysis.Fact // about the package, that passes exported
}

// load parses and type-checks a package that is one file.
func load(tb testing.TB, source string) *loaded {
	tb.Helper()
	fset, imports := standard()
	content := []byte(source)
	file, err := parser.ParseFile(fset, "main.go", content, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		tb.Fatal(err)
	}
	p := &loaded{fset: fset, files: []*ast.File{file}, read: func(string) ([]byte, error) { return content, nil }, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}}
	config := types.Config{Importer: imports, Sizes: types.SizesFor("gc", "amd64")}
	if p.types, err = config.Check("example.com/hostile", fset, p.files, p.info); err != nil {
		tb.Fatal(err)
	}
	return p
}

// everything lists all passes, and the survey.
func everything() []*analysis.Analyzer {
	all := []*analysis.Analyzer{survey.Analyzer}
	for _, check := range analyzers.All() {
		all = append(all, check.Analyzer)
	}
	return all
}

// run runs passes on the package, after what they require, and returns the
// results of all. There are no facts about other packages.
func (p *loaded) run(tb testing.TB, passes ...*analysis.Analyzer) map[*analysis.Analyzer]any {
	tb.Helper()
	results := map[*analysis.Analyzer]any{}
	for _, a := range passes {
		p.visit(tb, a, results)
	}
	return results
}

func (p *loaded) visit(tb testing.TB, a *analysis.Analyzer, results map[*analysis.Analyzer]any) {
	if _, done := results[a]; done {
		return
	}
	p.prepare(tb, a, results)
	results[a] = p.pass(tb, a, results)
}

// prepare runs what a pass requires.
func (p *loaded) prepare(tb testing.TB, a *analysis.Analyzer, results map[*analysis.Analyzer]any) {
	for _, required := range a.Requires {
		p.visit(tb, required, results)
	}
}

// pass runs one pass, and keeps the facts about the package that it exports.
func (p *loaded) pass(tb testing.TB, a *analysis.Analyzer, results map[*analysis.Analyzer]any) any {
	tb.Helper()
	result, err := a.Run(&analysis.Pass{
		Analyzer: a, Fset: p.fset, Files: p.files, Pkg: p.types, TypesInfo: p.info, TypesSizes: types.SizesFor("gc", "amd64"),
		Module: &analysis.Module{Path: "example.com/hostile"}, ResultOf: results, ReadFile: p.read,
		Report:            func(analysis.Diagnostic) {},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(f analysis.Fact) { p.facts = append(p.facts, f) },
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	})
	if err != nil {
		tb.Fatalf("%s: %v", a.Name, err)
	}
	return result
}
