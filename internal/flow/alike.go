package flow

import (
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/soplint/soplint/internal/model"
)

// tableFor returns the models for the code of pkg: the table, with the packages
// that pkg imports and that are forks or copies of a library, as rows that end in
// .shape describe them.
func tableFor(table *model.Table, pkg *types.Package) *model.Table {
	known := librariesOf(table)
	alike := map[string]string{}
	for _, candidate := range pkg.Imports() {
		if known.named[candidate.Path()] {
			continue
		}
		for _, library := range known.shaped {
			if isCopy(candidate, known.shapes[library]) {
				alike[candidate.Path()] = library
				break
			}
		}
	}
	if len(alike) == 0 {
		return table
	}
	return table.WithAlike(alike)
}

// libraries are the packages that a table has rows about.
type libraries struct {
	table  *model.Table
	named  map[string]bool
	shapes map[string][]*model.Row // those that end in .shape, by the library's package
	shaped []string                // the packages of shapes, sorted
}

// lastLibraries are the libraries of the table that was asked about last. The packages
// of a program have one in common, which is long.
var lastLibraries atomic.Pointer[libraries]

func librariesOf(table *model.Table) *libraries {
	if known := lastLibraries.Load(); known != nil && known.table == table {
		return known
	}
	known := &libraries{table: table, named: map[string]bool{}, shapes: map[string][]*model.Row{}}
	for _, row := range table.Rows() {
		library := packageOf(row.Symbol)
		known.named[library] = true
		if strings.HasSuffix(row.Role, ".shape") {
			known.shapes[library] = append(known.shapes[library], row)
		}
	}
	known.shaped = slices.Sorted(maps.Keys(known.shapes))
	lastLibraries.Store(known)
	return known
}

// Imports reports whether the package under analysis imports that one itself.
func (p *Package) Imports(path string) bool {
	return slices.ContainsFunc(p.pass.Pkg.Imports(), func(pkg *types.Package) bool { return pkg.Path() == path })
}

// isCopy reports whether a package has one of the fields that the shapes of a
// library name, and no function of a name among them with other parameters.
func isCopy(pkg *types.Package, shapes []*model.Row) bool {
	found := false
	for _, row := range shapes {
		symbol := strings.TrimPrefix(row.Symbol, packageOf(row.Symbol)+".")
		if want := row.Arg("params"); want != "" {
			fn, ok := pkg.Scope().Lookup(symbol).(*types.Func)
			if ok && !strings.HasPrefix(compactParams(fn)+",", want+",") {
				return false
			}
			continue
		}
		found = found || hasField(pkg, symbol, row.Arg("type"))
	}
	return found
}

// hasField reports whether a package has a struct type with a field, given as
// Type.Field, of that type.
func hasField(pkg *types.Package, symbol, want string) bool {
	typeName, fieldName, _ := strings.Cut(symbol, ".")
	obj, ok := pkg.Scope().Lookup(typeName).(*types.TypeName)
	if !ok {
		return false
	}
	structure, ok := obj.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range structure.Fields() {
		if field.Name() == fieldName {
			return compactType(field.Type()) == want
		}
	}
	return false
}

// compactParams renders the parameters of a function, with the function's own
// package as "".
func compactParams(fn *types.Func) string {
	return strings.ReplaceAll(compactTuple(fn.Signature().Params()), fn.Pkg().Path()+".", ".")
}

// compactType renders a type as rows do: without blanks and parameter names.
func compactType(t types.Type) string {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return strings.ReplaceAll(t.String(), " ", "")
	}
	text := "func(" + compactTuple(sig.Params()) + ")"
	results := compactTuple(sig.Results())
	if sig.Results().Len() > 1 {
		results = "(" + results + ")"
	}
	return text + results
}

func compactTuple(tuple *types.Tuple) string {
	parts := make([]string, tuple.Len())
	for i := range parts {
		parts[i] = strings.ReplaceAll(tuple.At(i).Type().String(), " ", "")
	}
	return strings.Join(parts, ",")
}
