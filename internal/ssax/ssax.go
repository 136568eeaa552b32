// Package ssax builds go/ssa for soplint and answers small questions about it.
package ssax

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// Analyzer builds the SSA form of a package.
//
// It differs from the buildssa pass in what it does without: that one computes
// the control-flow graph of every function to learn which functions never
// return. The handful of the standard library is enough to know for guards.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintssa",
	Doc:        "soplintssa: build SSA for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	ResultType: reflect.TypeFor[*Package](),
}

// A Package is the SSA form of a package.
type Package struct {
	SSA   *ssa.Package    // nil for packages of the standard library
	Funcs []*ssa.Function // all functions with a body, closures behind the function they stand in, in source order
	Names *Names          // of functions that the package declares and calls

	indexed sync.Once
	tracer  *Tracer
	imports func() map[string]*types.Package
}

// Tracer returns the tracer of the package, which is made where the first pass
// asks for it.
func (p *Package) Tracer() *Tracer {
	p.indexed.Do(func() { p.tracer = newTracer(p) })
	return p.tracer
}

// Import returns the package with that path, which is this one or one that it imports,
// directly or not; nil if there is none.
func (p *Package) Import(path string) *types.Package { return p.imports()[path] }

func run(pass *analysis.Pass) (any, error) {
	imports := sync.OnceValue(func() map[string]*types.Package {
		byPath := map[string]*types.Package{}
		addImports(pass.Pkg, byPath)
		return byPath
	})
	if isStandard(pass) {
		return &Package{Names: NewNames(), imports: imports}, nil
	}
	// What package initializers call is of no interest here, and without those
	// calls the builder needs no more of the imports than what the code names.
	prog := ssa.NewProgram(pass.Fset, ssa.BareInits)
	prog.SetNoReturn(neverReturns)
	declareNamed(prog, pass)
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()
	result := &Package{SSA: pkg, Names: NewNames(), imports: imports}
	if init := pkg.Func("init"); init != nil {
		result.add(init)
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok {
				obj := pass.TypesInfo.Defs[decl.Name].(*types.Func)
				result.add(prog.FuncValue(obj))
			}
		}
	}
	return result, nil
}

func addImports(pkg *types.Package, byPath map[string]*types.Package) {
	if byPath[pkg.Path()] != nil {
		return
	}
	byPath[pkg.Path()] = pkg
	for _, imported := range pkg.Imports() {
		addImports(imported, byPath)
	}
}

// declareNamed declares what the code names of the packages that it imports: of those
// of which it names functions or variables these, and the methods that it calls. Of
// others it may use types, whose methods are made when they are called, and
// constants.
func declareNamed(prog *ssa.Program, pass *analysis.Pass) {
	objects := map[*types.Package][]types.Object{}
	named := map[*types.Package]bool{}
	seen := map[types.Object]bool{}
	for _, object := range pass.TypesInfo.Uses {
		switch used := object.(type) {
		case *types.Func:
			object = used.Origin()
			named[object.Pkg()] = named[object.Pkg()] || used.Signature().Recv() == nil
		case *types.Var:
			if used.IsField() {
				continue
			}
			named[object.Pkg()] = true
		default:
			continue
		}
		if !seen[object] {
			seen[object] = true
			objects[object.Pkg()] = append(objects[object.Pkg()], object)
		}
	}
	for _, imported := range pass.Pkg.Imports() {
		if named[imported] {
			declare(prog, imported, objects[imported])
		}
	}
}

// declare makes a package of some of the objects of one that is known by its types.
// Left to itself the builder declares all that a package has, which costs more than
// the code that uses a little of it. It takes what a package has from the names in the
// declarations of its files, too, and from a list of constants it takes no more than
// the names.
func declare(prog *ssa.Program, pkg *types.Package, objects []types.Object) {
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object, len(objects))}
	names := make([]*ast.Ident, len(objects))
	for i, object := range objects {
		names[i] = ast.NewIdent(object.Name())
		info.Defs[names[i]] = object
	}
	file := &ast.File{Decls: []ast.Decl{&ast.GenDecl{Tok: token.CONST, Specs: []ast.Spec{&ast.ValueSpec{Names: names}}}}}
	prog.CreatePackage(pkg, []*ast.File{file}, info, true)
}

// IsStandard reports whether the package with that path, in no module that is
// known, is part of the standard library, which the models know. Drivers that
// analyse dependencies come by all of it.
func IsStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return standard[first]
}

func isStandard(pass *analysis.Pass) bool {
	return (pass.Module == nil || pass.Module.Path == "") && IsStandard(pass.Pkg.Path())
}

// standard lists the first elements of the import paths of the standard
// library. Paths of other modules have a dot there.
var standard = map[string]bool{
	"archive": true, "bufio": true, "builtin": true, "bytes": true, "cmp": true, "cmd": true, "compress": true, "container": true,
	"context": true, "crypto": true, "database": true, "debug": true, "embed": true, "encoding": true, "errors": true,
	"expvar": true, "flag": true, "fmt": true, "go": true, "hash": true, "html": true, "image": true, "index": true,
	"internal": true, "io": true, "iter": true, "log": true, "maps": true, "math": true, "mime": true, "net": true,
	"os": true, "path": true, "plugin": true, "reflect": true, "regexp": true, "runtime": true, "simd": true, "slices": true,
	"sort": true, "strconv": true, "strings": true, "structs": true, "sync": true, "syscall": true, "testing": true,
	"text": true, "time": true, "unicode": true, "unique": true, "unsafe": true, "vendor": true, "weak": true,
}

func (p *Package) add(fn *ssa.Function) {
	if fn == nil || fn.Blocks == nil {
		return
	}
	p.Funcs = append(p.Funcs, fn)
	for _, closure := range fn.AnonFuncs {
		p.add(closure)
	}
}

// hasNoReturn are the packages of the functions in noReturn. Every call is asked
// about, and full names are dear.
var hasNoReturn = map[string]bool{"log": true, "os": true, "runtime": true, "syscall": true}

var noReturn = map[string]bool{
	"os.Exit": true, "runtime.Goexit": true, "syscall.Exit": true,
	"log.Fatal": true, "log.Fatalf": true, "log.Fatalln": true,
	"log.Panic": true, "log.Panicf": true, "log.Panicln": true,
	"(*log.Logger).Fatal": true, "(*log.Logger).Fatalf": true, "(*log.Logger).Fatalln": true,
	"(*log.Logger).Panic": true, "(*log.Logger).Panicf": true, "(*log.Logger).Panicln": true,
}

func neverReturns(fn *types.Func) bool {
	pkg := fn.Pkg()
	return pkg != nil && hasNoReturn[pkg.Path()] && noReturn[FullName(fn)]
}

// Names makes the name of each function, as FuncName writes it, once: code names the
// same few functions again and again.
type Names struct {
	mu     sync.Mutex
	byFunc map[*ssa.Function]string
}

// NewNames returns Names that has made none yet.
func NewNames() *Names { return &Names{byFunc: map[*ssa.Function]string{}} }

// Of returns the name of a function.
func (n *Names) Of(fn *ssa.Function) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	name, known := n.byFunc[fn]
	if !known {
		name = FuncName(fn)
		n.byFunc[fn] = name
	}
	return name
}

// FuncName returns the name under which a function is known across packages:
// FullName of the function as declared, with $n behind it for closures.
func FuncName(fn *ssa.Function) string {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if obj, ok := fn.Object().(*types.Func); ok && (obj.Name() != "init" || obj.Signature().Recv() != nil) {
		return FullName(obj.Origin())
	}
	if parent := fn.Parent(); parent != nil {
		name := fn.Name() // parent's name with $n behind
		return FuncName(parent) + name[len(parent.Name()):]
	}
	if fn.Pkg != nil {
		return fn.Pkg.Pkg.Path() + "." + fn.Name()
	}
	return fn.String()
}
