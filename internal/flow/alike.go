package flow

import (
	"go/types"
	"strings"

	"github.com/soplint/soplint/internal/model"
)

// tableFor returns the models for the code of pkg: the table, with the packages
// that pkg knows and that are forks or copies of a library, as rows that end in
// .shape describe them.
func tableFor(table *model.Table, pkg *types.Package) *model.Table {
	named := map[string]bool{}
	var shapes []*model.Row
	for _, row := range table.Rows() {
		if strings.HasSuffix(row.Role, ".shape") {
			shapes = append(shapes, row)
		} else {
			named[packageOf(row.Symbol)] = true
		}
	}
	alike := map[string]string{}
	for _, candidate := range append(pkg.Imports(), pkg) {
		if named[candidate.Path()] {
			continue
		}
		for _, row := range shapes {
			if hasShape(candidate, row) {
				alike[candidate.Path()] = row.Arg("like")
				break
			}
		}
	}
	if len(alike) == 0 {
		return table
	}
	return table.WithAlike(alike)
}

// hasShape reports whether a package has a struct type with the field, of the
// type, that the row names as Type.Field.
func hasShape(pkg *types.Package, row *model.Row) bool {
	typeName, fieldName, ok := strings.Cut(row.Symbol, ".")
	if !ok || row.Arg("type") == "" {
		return false
	}
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
			return compactType(field.Type()) == row.Arg("type")
		}
	}
	return false
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
