package routes

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// A Server is a place where a handler is given to a server.
type Server struct {
	Pos    token.Pos
	Single bool // the handler is one function
}

// servers finds where the package gives handlers to servers, in source order as
// far as functions are; without such places, where it makes servers that serve nothing
// but what is registered with them.
func servers(table *model.Table, pkg *ssax.Package) []Server {
	var found, made []Server
	trace := pkg.Tracer()
	for _, fn := range pkg.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if handler, ok := serves(table, trace, instr); ok {
					found = append(found, Server{instr.Pos(), isSingle(handler)})
				} else if call, ok := instr.(*ssa.Call); ok && trace.Row("server.made", &call.Call) != nil {
					made = append(made, Server{Pos: call.Pos()})
				}
			}
		}
	}
	if len(found) == 0 {
		return made
	}
	return found
}

// serves reports whether an instruction gives a handler to a server, and which;
// nil where the symbol's owner is it.
func serves(table *model.Table, trace *ssax.Tracer, instr ssa.Instruction) (handler ssa.Value, ok bool) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		if row := trace.Row("server.handler", instr.Common()); row != nil {
			return ssax.Argument(instr.Common(), row.Arg("handler")), true
		}
	case *ssa.Store:
		if field, isField := instr.Addr.(*ssa.FieldAddr); isField && ssax.FieldRow(table, "server.handler", field) != nil {
			return instr.Val, true
		}
	}
	return nil, false
}

// servesBelow reports whether a run gives handlers to servers, and does so in this
// package only: what packages below have registered by then is served here.
func (s *search) servesBelow(run *flow.Run) bool {
	return len(run.Serving) > 0 && !slices.ContainsFunc(run.Serving, func(at flow.Site) bool { return !s.result.Flow.InPackage(at) })
}

// isSingle reports whether a handler is a function that was made one.
func isSingle(handler ssa.Value) bool {
	made, ok := handler.(*ssa.MakeInterface)
	return ok && ssax.TypeName(made.X.Type()) == "net/http.HandlerFunc"
}
