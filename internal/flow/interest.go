package flow

import (
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// An interest says what makes a function worth replaying: the names of headers
// and the library functions that the models have something to report on.
type interest struct {
	headers []string
	table   *model.Table
	byFunc  map[*types.Func][]*model.Row // see rows
	routers map[string]bool              // types that handlers are registered with, and the packages that they are from

	variables map[*ssa.Global]bool // that hold the name of such a header
	operands  []*ssa.Value         // scratch of in
}

func newInterest(table *model.Table) *interest {
	in := &interest{table: table, byFunc: map[*types.Func][]*model.Row{}, routers: map[string]bool{}}
	for _, row := range table.Rows() {
		switch {
		case row.Role == "report.header":
			in.headers = append(in.headers, row.Symbol)
		case row.Role == "route" && strings.HasPrefix(row.Symbol, "("):
			name, _, _ := strings.Cut(strings.TrimLeft(row.Symbol, "(*"), ")")
			in.routers[name], in.routers[packageOf(name)] = true, true
		}
	}
	return in
}

func (in *interest) in(instr ssa.Instruction) bool {
	in.operands = instr.Operands(in.operands[:0])
	for _, operand := range in.operands {
		if fn, ok := (*operand).(*ssa.Function); ok && in.function(fn) {
			return true
		}
		if g, ok := (*operand).(*ssa.Global); ok && (in.variables[g] || in.callable(g)) {
			return true
		}
		if c, ok := (*operand).(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
			if in.header(constant.StringVal(c.Value)) {
				return true
			}
		}
	}
	switch instr := instr.(type) {
	case *ssa.Alloc:
		return slices.ContainsFunc(ssax.TypeRows(in.table, instr.Type()), isReported)
	case *ssa.ChangeType:
		return slices.ContainsFunc(ssax.TypeRows(in.table, instr.Type()), isReported)
	case *ssa.FieldAddr:
		return in.field(instr)
	}
	fn := calledObject(instr)
	return fn != nil && in.object(fn)
}

// function reports whether a function is one that the models report on.
func (in *interest) function(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	return ok && in.object(obj)
}

// receives reports whether a function has a parameter that puts a configuration
// in force.
func (in *interest) receives(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(param *ssa.Parameter) bool {
		return slices.ContainsFunc(ssax.TypeRows(in.table, param.Type()), isReceived)
	})
}

// registers reports whether a function registers handlers.
func (in *interest) registers(fn *types.Func) bool {
	return slices.ContainsFunc(in.rows(fn), registersHandlers)
}

// mounts reports whether a function puts a router below another, whose middleware
// then runs before its handlers.
func (in *interest) mounts(fn *types.Func) bool {
	return in.registers(fn) && slices.ContainsFunc(in.rows(fn), func(row *model.Row) bool {
		return row.Arg("mount") != ""
	})
}

// decodes reports whether a function decodes the body of a request.
func (in *interest) decodes(fn *types.Func) bool {
	return slices.ContainsFunc(in.rows(fn), decodesJSON)
}

func (in *interest) object(fn *types.Func) bool { return slices.ContainsFunc(in.rows(fn), isReported) }

// rows returns what the models have of a function.
func (in *interest) rows(fn *types.Func) []*model.Row {
	known, seen := in.byFunc[fn]
	if !seen {
		known = ssax.FuncRows(in.table, fn)
		in.byFunc[fn] = known
	}
	return known
}

// callable reports whether a package variable holds a function that the models
// report on.
func (in *interest) callable(g *ssa.Global) bool {
	pointer, ok := g.Type().(*types.Pointer)
	if !ok {
		return false
	}
	_, isFunc := pointer.Elem().Underlying().(*types.Signature)
	return isFunc && in.table.Names(g.Name()) && slices.ContainsFunc(in.table.Lookup(g.Pkg.Pkg.Path()+"."+g.Name()), isReported)
}

// isReported reports whether a row is of something to report on, or to configure that
// by.
func isReported(row *model.Row) bool {
	return applies(row) || strings.HasSuffix(row.Role, ".field") || strings.HasSuffix(row.Role, ".option")
}

// noteVariables finds the package variables that are initialized with the name
// of a header that is reported on.
func (in *interest) noteVariables(init *ssa.Function) {
	in.variables = map[*ssa.Global]bool{}
	if init == nil {
		return
	}
	for _, b := range init.Blocks {
		for _, instr := range b.Instrs {
			store, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			g, isGlobal := store.Addr.(*ssa.Global)
			c, isConst := store.Val.(*ssa.Const)
			if isGlobal && isConst && c.Value != nil && c.Value.Kind() == constant.String && in.header(constant.StringVal(c.Value)) {
				in.variables[g] = true
			}
		}
	}
}

// field reports whether a field is one of a configuration.
func (in *interest) field(instr *ssa.FieldAddr) bool {
	return slices.ContainsFunc(ssax.FieldRows(in.table, instr), isReported)
}

// servesField reports whether a field holds the handler of a server.
func (in *interest) servesField(instr *ssa.FieldAddr) bool {
	return ssax.FieldRow(in.table, "server.handler", instr) != nil
}

// calledObject returns the function that instr calls or makes a method value
// of.
func calledObject(instr ssa.Instruction) *types.Func {
	var fn *ssa.Function
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		call := instr.Common()
		if call.IsInvoke() {
			return call.Method
		}
		fn = call.StaticCallee()
	case *ssa.MakeClosure:
		fn = instr.Fn.(*ssa.Function)
	}
	if fn == nil {
		return nil
	}
	obj, _ := fn.Object().(*types.Func)
	return obj
}

// setsAny reports whether instr sets a response header whose name is not a
// constant there.
func (in *interest) setsAny(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := calledObject(instr)
	if fn == nil {
		return false
	}
	row := model.WithRole(in.rows(fn), "header.set")
	if row == nil {
		row = model.WithRole(in.rows(fn), "header.add")
	}
	if row == nil {
		return false
	}
	args := call.Call.Args
	if !call.Call.IsInvoke() && fn.Signature().Recv() != nil {
		args = args[1:]
	}
	i, err := strconv.Atoi(row.Arg("key"))
	if err != nil || i >= len(args) {
		return false
	}
	_, constant := args[i].(*ssa.Const)
	return !constant
}

func (in *interest) header(text string) bool {
	for _, name := range in.headers {
		if len(text) == len(name) && strings.EqualFold(text, name) {
			return true
		}
	}
	return false
}
