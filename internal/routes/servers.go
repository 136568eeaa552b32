package routes

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// A Server is a place where a handler is given to a server.
type Server struct {
	Pos    token.Pos
	Single bool // the handler is one function
}

// servers finds where the package gives handlers to servers, in source order as
// far as functions are.
func servers(table *model.Table, pkg *ssax.Package) []Server {
	var found []Server
	for _, fn := range pkg.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if handler, ok := serves(table, instr); ok {
					found = append(found, Server{instr.Pos(), isSingle(handler)})
				}
			}
		}
	}
	return found
}

// serves reports whether an instruction gives a handler to a server, and which;
// nil where the symbol's owner is it.
func serves(table *model.Table, instr ssa.Instruction) (handler ssa.Value, ok bool) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		if row := table.Find("serve", ssax.CalleeName(instr.Common())); row != nil {
			return ssax.Argument(instr.Common(), row.Arg("handler")), true
		}
	case *ssa.Store:
		if field, isField := instr.Addr.(*ssa.FieldAddr); isField && table.Find("serve", ssax.FieldName(field)) != nil {
			return instr.Val, true
		}
	}
	return nil, false
}

// isSingle reports whether a handler is a function that was made one.
func isSingle(handler ssa.Value) bool {
	made, ok := handler.(*ssa.MakeInterface)
	return ok && ssax.TypeName(made.X.Type()) == "net/http.HandlerFunc"
}
