package routes

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/web"
)

// takesType reports whether a body of that Content-Type comes to a handler: the router
// hands it on, and decodes it if the handler is given what it says.
func (s *search) takesType(r *flow.Route, contentType string) bool {
	essence, _, _ := strings.Cut(strings.ToUpper(contentType), ";")
	named := func(t string) bool { return t == "*/*" || t == essence }
	return (r.Types == nil || slices.ContainsFunc(r.Types, named)) &&
		(!s.decodesFor(r) || slices.Contains(r.Decodes, web.BodyKind(contentType)))
}

// decodesFor reports whether the library itself decodes bodies as JSON for a handler.
// Where a parameter of the handler says so, it is looked for in this package only.
func (s *search) decodesFor(r *flow.Route) bool {
	if len(r.Decodes) == 0 {
		return false
	}
	field := r.Row.Arg("body.field")
	return field == "" || s.isGiven(r.Made.Pos, field)
}

// isGiven reports whether the call at a place is given a handler that has a parameter
// with that field for the body, and none for a header, which may be a proof.
func (s *search) isGiven(at token.Pos, field string) bool {
	for _, fn := range s.source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && call.Pos() == at {
					return slices.ContainsFunc(call.Common().Args, func(v ssa.Value) bool { return takesBody(v, field) })
				}
			}
		}
	}
	return false
}

// isEndpoint reports whether a function answers what a request was decoded to, as goa's
// do, in whose generated code the handler holds one beside what decodes and encodes.
func (s *search) isEndpoint(name string) bool {
	fn := s.serving.Engine.Code.Func(name)
	if fn == nil || len(fn.Params) != 2 || len(fn.Results) != 2 {
		return false
	}
	return fn.TypeOf(fn.Params[0].Type).Name == "context.Context" && fn.TypeOf(fn.Params[1].Type).Kind == ir.Interface &&
		fn.TypeOf(fn.Results[0]).Kind == ir.Interface && fn.TypeOf(fn.Results[1]).Kind == ir.Error
}

func takesBody(v ssa.Value, field string) bool {
	handler, ok := v.Type().Underlying().(*types.Signature)
	if !ok {
		return false
	}
	for param := range handler.Params().Variables() {
		if input := structure(param.Type()); input != nil && hasField(input, field) && !readsHeader(input, maxNested) {
			return true
		}
	}
	return false
}

// structure returns the struct type that t is, or points to; nil if there is none.
func structure(t types.Type) *types.Struct {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	found, _ := t.Underlying().(*types.Struct)
	return found
}

func hasField(t *types.Struct, name string) bool {
	found, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	return found != nil
}

// maxNested bounds how deep the structs are looked into that others embed.
const maxNested = 4

// readsHeader reports whether a field of a struct is filled from a header of the
// request.
func readsHeader(t *types.Struct, depth int) bool {
	for i := range t.NumFields() {
		if _, named := reflect.StructTag(t.Tag(i)).Lookup("header"); named {
			return true
		}
		if field := t.Field(i); field.Embedded() && depth > 0 {
			if inner := structure(field.Type()); inner != nil && readsHeader(inner, depth-1) {
				return true
			}
		}
	}
	return false
}
