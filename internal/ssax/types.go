package ssax

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
)

// TypeName returns path.Name of a named type or of what a pointer to one points
// to, "" for others.
func TypeName(t types.Type) string {
	obj := Declared(t)
	if obj == nil {
		return ""
	}
	return obj.Pkg().Path() + "." + obj.Name()
}

// Declared returns the declaration, in a package, of a named type or of what a pointer
// to one points to, nil for others.
func Declared(t types.Type) *types.TypeName {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return nil
	}
	return named.Obj()
}

// TypeRows returns the rows of a named type or of what a pointer to one points to, nil
// if there are none.
func TypeRows(table *model.Table, t types.Type) []*model.Row {
	obj := Declared(t)
	if obj == nil || !table.Names(obj.Name()) {
		return nil
	}
	return table.Lookup(TypeName(t))
}

// FieldName returns the name of a field as models write it, path.Type.Field; ""
// for those of types without a name.
func FieldName(addr *ssa.FieldAddr) string {
	owner := TypeName(addr.X.Type())
	if owner == "" {
		return ""
	}
	return owner + "." + FieldOf(addr).Name()
}

// FieldOf returns the field that is addressed.
func FieldOf(addr *ssa.FieldAddr) *types.Var {
	return addr.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(addr.Field)
}

// FieldRows returns the rows of the field that is addressed, nil if there are none.
func FieldRows(table *model.Table, addr *ssa.FieldAddr) []*model.Row {
	if !table.Names(FieldOf(addr).Name()) {
		return nil
	}
	return table.Lookup(FieldName(addr))
}

// FieldRow returns the row that gives the field that is addressed that role, nil if
// there is none.
func FieldRow(table *model.Table, role string, addr *ssa.FieldAddr) *model.Row {
	return model.WithRole(FieldRows(table, addr), role)
}
