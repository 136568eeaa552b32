package ssax

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// TypeName returns path.Name of a named type or of what a pointer to one points
// to, "" for others.
func TypeName(t types.Type) string {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return named.Obj().Pkg().Path() + "." + named.Obj().Name()
}

// FieldName returns the name of a field as models write it, path.Type.Field; ""
// for those of types without a name.
func FieldName(addr *ssa.FieldAddr) string {
	owner := TypeName(addr.X.Type())
	if owner == "" {
		return ""
	}
	t := addr.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return owner + "." + t.Field(addr.Field).Name()
}
