package flow

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/ssax"
)

// standardSources is what functions of the standard library do with a function
// that they are given, by the path of their package. What those of slices return
// is what the function says of each element, so a check in it is found as one in a
// loop is; what is done once is done when a request comes that has need of it.
// Types are any, as the engine does not ask for more.
var standardSources = map[string]string{
	"slices": `package slices

func ContainsFunc(list []any, holds func(any) bool) bool {
	for _, element := range list {
		if holds(element) {
			return true
		}
	}
	return false
}

func IndexFunc(list []any, holds func(any) bool) int {
	for i, element := range list {
		if holds(element) {
			return i
		}
	}
	return -1
}
`,
	"sync": `package sync

type Once struct{}

func (*Once) Do(f func()) { f() }

func OnceFunc(f func()) func() { return f }

func OnceValue(f func() any) func() any { return f }

func OnceValues(f func() (any, any)) func() (any, any) { return f }
`,
}

// standardCode is the code of standardSources, by the functions' names.
var standardCode = sync.OnceValue(func() map[string]*ir.Func {
	code := map[string]*ir.Func{}
	for path, source := range standardSources {
		program := ir.NewProgram(path, ssax.NewNames())
		for _, fn := range buildStandard(path, source) {
			lowered := program.Lower(fn)
			lowered.Unplace()
			code[lowered.Name] = lowered
		}
	}
	return code
})

// buildStandard returns the functions of a source that is part of soplint.
func buildStandard(path, source string) []*ssa.Function {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, source, parser.SkipObjectResolution)
	if err != nil {
		panic(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{},
	}
	checked, err := new(types.Config).Check(path, fset, []*ast.File{file}, info)
	if err != nil {
		panic(err)
	}
	pkg := ssa.NewProgram(fset, 0).CreatePackage(checked, []*ast.File{file}, info, false)
	pkg.Build()
	var functions []*ssa.Function
	for _, declared := range file.Decls {
		if fn, ok := declared.(*ast.FuncDecl); ok {
			functions = append(functions, pkg.Prog.FuncValue(info.Defs[fn.Name].(*types.Func)))
		}
	}
	return functions
}
