package flow

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/model"
)

// tableFor returns the models for the code of pkg: the table, with the packages
// that pkg imports and that are forks or copies of a library, as rows that end in
// .shape describe them.
func tableFor(table *model.Table, pkg *types.Package) *model.Table {
	named := map[string]bool{}
	shapes := map[string][]*model.Row{} // by the library's package
	for _, row := range table.Rows() {
		library := packageOf(row.Symbol)
		named[library] = true
		if strings.HasSuffix(row.Role, ".shape") {
			shapes[library] = append(shapes[library], row)
		}
	}
	alike := map[string]string{}
	for _, candidate := range pkg.Imports() {
		if named[candidate.Path()] {
			continue
		}
		for _, library := range slices.Sorted(maps.Keys(shapes)) {
			if isCopy(candidate, shapes[library]) {
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
