package headers

import (
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// code answers questions about the code of a package and what the models say of
// what it calls.
type code struct {
	table *model.Table
	pkg   *ssa.Package
	funcs []*ssa.Function
	trace *ssax.Tracer

	variables map[*ssa.Global]ssa.Value
	made      map[*ssa.Function][]*ssa.MakeClosure
}

func newCode(source *ssax.Package, table *model.Table) *code {
	return &code{table: table, pkg: source.SSA, funcs: source.Funcs, trace: source.Tracer()}
}

// has reports whether the models give a symbol that role.
func (c *code) has(role, symbol string) bool {
	return symbol != "" && c.table.Find(role, symbol) != nil
}

// role returns the row that gives the function that is called that role.
func (c *code) role(call *ssa.CallCommon, role string) *model.Row { return c.trace.Row(role, call) }

// setter returns the row by which a call sets a header, and its arguments
// without the receiver.
func (c *code) setter(call *ssa.CallCommon) (*model.Row, []ssa.Value) {
	rows := c.trace.Rows(call)
	for _, role := range []string{"header.set", "header.add", "header.always"} {
		if row := model.WithRole(rows, role); row != nil {
			return row, withoutReceiver(call)
		}
	}
	return nil, nil
}

func withoutReceiver(call *ssa.CallCommon) []ssa.Value {
	if !call.IsInvoke() && call.Signature().Recv() != nil {
		return call.Args[1:]
	}
	return call.Args
}

// receiver returns the receiver of a method call.
func receiver(call *ssa.CallCommon) ssa.Value {
	if call.IsInvoke() {
		return call.Value
	}
	return call.Args[0]
}

// argument returns the argument at a position as rows give it, nil if there is
// none.
func argument(args []ssa.Value, position string) ssa.Value {
	i, err := strconv.Atoi(position)
	if err != nil || i < 0 || i >= len(args) {
		return nil
	}
	return args[i]
}

// ofRequest reports whether headers are those of a request: a field of it.
func (c *code) ofRequest(headers ssa.Value) bool {
	load, ok := headers.(*ssa.UnOp)
	if !ok {
		return false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	return ok && c.has("request", ir.TypeOf(field.X.Type()).Name)
}

// handsOn reports whether a call hands the request to the next handler.
func (c *code) handsOn(call *ssa.CallCommon) bool {
	if c.role(call, "route.next") != nil {
		return true
	}
	return call.StaticCallee() == nil && !call.IsInvoke() && c.has("handler.next", ir.TypeOf(call.Value.Type()).Name)
}

// reads reports whether a function, or one that it calls in this package, calls
// a function of that role.
func (c *code) reads(fn *ssa.Function, role string, depth int) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if c.role(call.Common(), role) != nil {
				return true
			}
			callee := call.Common().StaticCallee()
			if depth > 0 && callee != nil && callee.Pkg == c.pkg && c.reads(callee, role, depth-1) {
				return true
			}
		}
	}
	return false
}

// globals returns the values of the package variables that are given one when
// the package is initialized and none later.
func (c *code) globals() map[*ssa.Global]ssa.Value {
	if c.variables != nil {
		return c.variables
	}
	c.variables = map[*ssa.Global]ssa.Value{}
	stores := map[*ssa.Global]int{}
	for _, fn := range c.funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if store, ok := instr.(*ssa.Store); ok {
					if g, ok := store.Addr.(*ssa.Global); ok {
						stores[g]++
						c.variables[g] = store.Val
					}
				}
			}
		}
	}
	for g, n := range stores {
		if n > 1 {
			delete(c.variables, g)
		}
	}
	return c.variables
}

// closures returns where the functions that capture variables are made.
func (c *code) closures() map[*ssa.Function][]*ssa.MakeClosure {
	if c.made != nil {
		return c.made
	}
	c.made = map[*ssa.Function][]*ssa.MakeClosure{}
	for _, fn := range c.funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if closure, ok := instr.(*ssa.MakeClosure); ok {
					inner := closure.Fn.(*ssa.Function)
					c.made[inner] = append(c.made[inner], closure)
				}
			}
		}
	}
	return c.made
}
