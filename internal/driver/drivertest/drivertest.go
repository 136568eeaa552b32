// Package drivertest holds small checks by which drivers and the command are
// tested: what they do can be told from what they report.
package drivertest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
)

// WebPackage is the predicate that the fixtures are written for.
func WebPackage(path string) bool { return strings.HasSuffix(path, "/web") }

// Checks returns all checks of this package, sorted by name.
func Checks() []rule.Check {
	return []rule.Check{
		{Analyzer: BadCall, Rules: []rule.Rule{
			{Name: "direct", Severity: finding.Error, Summary: "calls of functions named bad or Bad"},
			{Name: "indirect", Severity: finding.Warning, Summary: "calls of functions that call those"},
			{Name: "defined", Severity: finding.Note, Summary: "functions named bad or Bad"},
		}},
		{Analyzer: Crash, Rules: []rule.Rule{
			{Name: "never", Severity: finding.Note, Summary: "nothing: it panics on functions named crash"},
		}},
	}
}

// Chain returns the files of a module of some packages, the first of them with that
// source, which declares Calls, and each of the others with a Calls that calls the one
// before it.
func Chain(packages int, first string) map[string]string {
	files := map[string]string{"go.mod": "module example.com/app\n\ngo 1.24\n", "p0/web/web.go": first}
	before := "example.com/app/p0/web"
	for i := 1; i < packages; i++ {
		name := fmt.Sprintf("p%d", i)
		files[name+"/p.go"] = fmt.Sprintf("package %s\n\nimport before %q\n\nfunc Calls() { before.Calls() }\n", name, before)
		before = "example.com/app/" + name
	}
	return files
}

// CallsBad is the fact that a function calls a bad one.
type CallsBad struct{ Name string }

// AFact marks CallsBad as a fact.
func (*CallsBad) AFact() {}

func (f *CallsBad) String() string { return "callsBad(" + f.Name + ")" }

// BadCall reports calls of bad functions, and, by facts, calls of functions in
// any package that call bad ones.
var BadCall = &analysis.Analyzer{
	Name:       "badcall",
	Doc:        "badcall: report calls of functions named bad\n\nThey are not good.",
	URL:        "https://example.com/badcall",
	Requires:   []*analysis.Analyzer{inspect.Analyzer, settings.Analyzer},
	FactTypes:  []analysis.Fact{new(CallsBad)},
	ResultType: rule.ResultType,
	Run:        runBadCall,
}

func runBadCall(pass *analysis.Pass) (any, error) {
	reporter := rule.NewReporter(pass)
	in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	for cursor := range in.Root().Preorder((*ast.FuncDecl)(nil)) {
		decl := cursor.Node().(*ast.FuncDecl)
		if isBad(decl.Name.Name) {
			reporter.Report(rule.Report{Rule: "defined", Severity: finding.Note,
				Pos: decl.Name.Pos(), End: decl.Name.End(), Message: "defines " + decl.Name.Name})
		}
		checkCalls(pass, reporter, decl)
	}
	return reporter.Result(), nil
}

func isBad(name string) bool { return strings.EqualFold(name, "bad") }

func checkCalls(pass *analysis.Pass, reporter *rule.Reporter, decl *ast.FuncDecl) {
	ast.Inspect(decl, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		callee := calleeOf(pass.TypesInfo, call)
		if callee == nil {
			return true
		}
		report := rule.Report{Pos: call.Pos(), End: call.End(), Condition: "it is called"}
		var fact CallsBad
		switch {
		case isBad(callee.Name()):
			report.Rule, report.Severity = "direct", finding.Error
			report.Message = "calls " + callee.Name()
			report.Fix = &analysis.SuggestedFix{Message: "Remove the call",
				TextEdits: []analysis.TextEdit{{Pos: call.Pos(), End: call.End()}}}
			fact.Name = callee.Name()
		case pass.ImportObjectFact(callee, &fact):
			report.Rule, report.Severity = "indirect", finding.Warning
			report.Message = fmt.Sprintf("calls %s, which calls %s", callee.Name(), fact.Name)
		default:
			return true
		}
		report.Related = []analysis.RelatedInformation{{Pos: decl.Name.Pos(), Message: "in " + decl.Name.Name}}
		reporter.Report(report)
		pass.ExportObjectFact(pass.TypesInfo.Defs[decl.Name], &CallsBad{Name: fact.Name})
		return true
	})
}

func calleeOf(info *types.Info, call *ast.CallExpr) *types.Func {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		callee, _ := info.Uses[fun].(*types.Func)
		return callee
	case *ast.SelectorExpr:
		callee, _ := info.Uses[fun.Sel].(*types.Func)
		return callee
	}
	return nil
}

// Crash panics on packages with a function named crash, and fails on those
// with one named fail.
var Crash = &analysis.Analyzer{
	Name:       "crash",
	Doc:        "crash: panic on functions named crash",
	URL:        "https://example.com/crash",
	ResultType: reflect.TypeFor[*rule.Result](),
	Run: func(pass *analysis.Pass) (any, error) {
		if pass.Pkg.Scope().Lookup("crash") != nil {
			panic("crashed\non purpose")
		}
		if pass.Pkg.Scope().Lookup("fail") != nil {
			return nil, errors.New("failed on purpose")
		}
		return &rule.Result{}, nil
	},
}
