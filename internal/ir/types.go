package ir

import (
	"go/types"
)

func (out *Instr) typeName(p *Program) string { return p.Types[out.Type].Name }

// FieldName names a field of a struct type, or of what a pointer points to:
// path.Type.Field, or the field alone where the type has no name.
func FieldName(t types.Type, index int) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	field := t.Underlying().(*types.Struct).Field(index)
	if name := typeName(t); name != "" {
		return name + "." + field.Name()
	}
	return field.Name()
}

func typeName(t types.Type) string {
	t = types.Unalias(t)
	if named, ok := t.(*types.Named); ok {
		obj := named.Origin().Obj()
		if obj.Pkg() != nil {
			return obj.Pkg().Path() + "." + obj.Name()
		}
		return obj.Name()
	}
	return ""
}

// dynamicType names a type as its methods' full names do.
func dynamicType(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		if name := typeName(p.Elem()); name != "" {
			return "*" + name
		}
		return ""
	}
	return typeName(t)
}

// TypeOf returns what the engine keeps of t.
func TypeOf(t types.Type) Type {
	t = types.Unalias(t)
	name := typeName(t)
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return Type{Kind: basicKind(u), Name: name}
	case *types.Signature:
		return Type{Kind: Function, Name: name}
	case *types.Pointer:
		return Type{Kind: Pointer, Name: typeName(u.Elem())}
	case *types.Struct, *types.Array:
		return Type{Kind: Struct, Name: name}
	case *types.Slice:
		return Type{Kind: sliceKind(u), Name: name}
	case *types.Map:
		return Type{Kind: Map, Name: name}
	case *types.Interface:
		if name == "error" {
			return Type{Kind: Error, Name: name}
		}
		return Type{Kind: Interface, Name: name}
	case *types.Tuple:
		return Type{Kind: Tuple}
	}
	return Type{Kind: Any, Name: name}
}

func basicKind(b *types.Basic) Kind {
	switch {
	case b.Info()&types.IsBoolean != 0:
		return Bool
	case b.Info()&types.IsString != 0:
		return String
	case b.Info()&types.IsInteger != 0:
		return Int
	}
	return Any
}

func sliceKind(s *types.Slice) Kind {
	if elem, ok := s.Elem().Underlying().(*types.Basic); ok {
		switch elem.Kind() {
		case types.Byte:
			return Bytes
		case types.String:
			return Strings
		}
	}
	return Slices
}
