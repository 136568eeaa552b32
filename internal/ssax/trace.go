package ssax

import (
	"go/token"
	"go/types"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
)

// A Tracer follows values of a package back to where they come from: through
// variables, closures, and calls within the package. It does not ask under
// which conditions a value is taken, so what it says is what may be.
type Tracer struct {
	callers map[*ssa.Function][]ssa.CallInstruction
	handed  map[*ssa.Function]bool // functions used as values: not all calls of them are known
	made    map[*ssa.Function][]*ssa.MakeClosure
	globals map[*ssa.Global]*global
	static  map[*types.Func][]ssa.CallInstruction
	called  []*types.Func // the keys of static, as they come in the source
	dynamic []*ssa.Call
	names   map[*types.Func]string                  // of the functions in called
	rows    map[*types.Func][]*model.Row            // of those of them that have some
	named   func() map[string][]ssa.CallInstruction // what is in static, by the names of the functions
}

type global struct {
	values []ssa.Value
	fields []*ssa.FieldAddr
	open   bool // its address is used otherwise than for reading and writing
}

// maxTraced bounds how many values one trace visits.
const maxTraced = 200

// newTracer indexes the calls and the package variables of a package.
func newTracer(p *Package) *Tracer {
	t := &Tracer{
		callers: map[*ssa.Function][]ssa.CallInstruction{},
		handed:  map[*ssa.Function]bool{},
		made:    map[*ssa.Function][]*ssa.MakeClosure{},
		globals: map[*ssa.Global]*global{},
		static:  map[*types.Func][]ssa.CallInstruction{},
		names:   map[*types.Func]string{},
		rows:    map[*types.Func][]*model.Row{},
	}
	t.named = sync.OnceValue(t.byName)
	var operands []*ssa.Value
	for _, fn := range p.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				operands = instr.Operands(operands[:0])
				t.index(instr, operands)
			}
		}
	}
	return t
}

func (t *Tracer) index(instr ssa.Instruction, operands []*ssa.Value) {
	call, isCall := instr.(ssa.CallInstruction)
	if isCall {
		if fn := calledFunc(call.Common()); fn != nil {
			known := t.static[fn]
			if known == nil {
				t.called = append(t.called, fn)
				t.names[fn] = FullName(fn)
				if rows := FuncRows(model.Builtin(), fn); rows != nil {
					t.rows[fn] = rows
				}
			}
			t.static[fn] = append(known, call)
		} else if plain, ok := call.(*ssa.Call); ok {
			t.dynamic = append(t.dynamic, plain)
		}
		if callee := call.Common().StaticCallee(); callee != nil {
			t.callers[callee] = append(t.callers[callee], call)
		}
	}
	closure, isClosure := instr.(*ssa.MakeClosure)
	if isClosure {
		fn := closure.Fn.(*ssa.Function)
		t.made[fn] = append(t.made[fn], closure)
	}
	for _, operand := range operands {
		switch v := (*operand).(type) {
		case *ssa.Function:
			if !isCall || operand != &call.Common().Value {
				t.handed[v] = true
			}
		case *ssa.Global:
			t.use(v, instr)
		}
	}
}

func (t *Tracer) use(g *ssa.Global, instr ssa.Instruction) {
	known := t.globals[g]
	if known == nil {
		known = &global{}
		t.globals[g] = known
	}
	switch instr := instr.(type) {
	case *ssa.Store:
		if instr.Addr == g {
			known.values = append(known.values, instr.Val)
			return
		}
		known.open = true
	case *ssa.FieldAddr:
		known.fields = append(known.fields, instr)
	case *ssa.UnOp, *ssa.DebugRef:
	default:
		known.open = true
	}
}

// FieldsOf returns where fields of a struct are addressed, given what points to
// it: for a package variable everywhere in the package, for others where that very
// value is used.
func (t *Tracer) FieldsOf(pointer ssa.Value) []*ssa.FieldAddr {
	if g, ok := pointer.(*ssa.Global); ok {
		if known := t.globals[g]; known != nil {
			return known.fields
		}
		return nil
	}
	uses := pointer.Referrers()
	if uses == nil {
		return nil
	}
	var fields []*ssa.FieldAddr
	for _, use := range *uses {
		if field, ok := use.(*ssa.FieldAddr); ok && field.X == pointer {
			fields = append(fields, field)
		}
	}
	return fields
}

// CalleeName is [CalleeName] for calls of the package. It makes the name of each
// function once: there are many calls, and names are dear.
func (t *Tracer) CalleeName(call *ssa.CallCommon) string {
	fn := calledFunc(call)
	if fn == nil {
		return ""
	}
	if name, known := t.names[fn]; known {
		return name
	}
	return FullName(fn)
}

// CalleeNames calls visit with the name of each function that is called in the package.
func (t *Tracer) CalleeNames(visit func(name string) bool) {
	for _, fn := range t.called {
		if !visit(t.names[fn]) {
			return
		}
	}
}

// Rows returns the rows of soplint's own models for the function that is called, nil if
// there are none.
func (t *Tracer) Rows(call *ssa.CallCommon) []*model.Row {
	fn := calledFunc(call)
	if fn == nil {
		return nil
	}
	if _, known := t.names[fn]; known {
		return t.rows[fn]
	}
	return FuncRows(model.Builtin(), fn)
}

// Row returns the row of soplint's own models that gives the function that is called
// that role, nil if there is none.
func (t *Tracer) Row(role string, call *ssa.CallCommon) *model.Row {
	return model.WithRole(t.Rows(call), role)
}

// CallsOf returns the calls of the function, or interface method, of that name.
func (t *Tracer) CallsOf(name string) []ssa.CallInstruction { return t.named()[name] }

func (t *Tracer) byName() map[string][]ssa.CallInstruction {
	named := make(map[string][]ssa.CallInstruction, len(t.called))
	for _, fn := range t.called {
		name := t.names[fn]
		named[name] = append(named[name], t.static[fn]...) // types in functions may share names
	}
	return named
}

// Dynamic returns the calls of function values and closures.
func (t *Tracer) Dynamic() []*ssa.Call { return t.dynamic }

// Callers returns the calls of fn in the package, and whether those are all
// that can be.
func (t *Tracer) Callers(fn *ssa.Function) (calls []ssa.CallInstruction, all bool) {
	exported := fn.Object() != nil && fn.Object().Exported()
	return t.callers[fn], !exported && !t.handed[fn] && len(t.callers[fn]) > 0
}

// A Trace is where a value may come from.
type Trace struct {
	Sources []ssa.Value           // constants, allocations, and what is not followed any further
	Seen    map[ssa.Value]bool    // every value on the way, the sources included
	Open    bool                  // callers outside the package may give other values
	Calls   []ssa.CallInstruction // of functions of the package, whose arguments were followed
}

// Of traces a value.
func (t *Tracer) Of(v ssa.Value) *Trace {
	trace := &Trace{Seen: map[ssa.Value]bool{}}
	work := []ssa.Value{v}
	for len(work) > 0 {
		v := work[0]
		work = work[1:]
		if trace.Seen[v] {
			continue
		}
		trace.Seen[v] = true
		if len(trace.Seen) > maxTraced {
			trace.Open = true
			return trace
		}
		next := t.behind(trace, v)
		if len(next) == 0 {
			trace.Sources = append(trace.Sources, v)
		}
		work = append(work, next...)
	}
	return trace
}

// behind returns the values that v is one of, nil where that is not known.
func (t *Tracer) behind(trace *Trace, v ssa.Value) []ssa.Value {
	switch v := v.(type) {
	case *ssa.Phi:
		return v.Edges
	case *ssa.ChangeType:
		return []ssa.Value{v.X}
	case *ssa.Convert:
		return []ssa.Value{v.X}
	case *ssa.MakeInterface:
		return []ssa.Value{v.X}
	case *ssa.ChangeInterface:
		return []ssa.Value{v.X}
	case *ssa.TypeAssert:
		return []ssa.Value{v.X}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return t.loaded(trace, v.X)
		}
	case *ssa.Alloc:
		if _, ok := v.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct); ok {
			return storedAt(v) // the address of a copy
		}
	case *ssa.Parameter:
		return t.arguments(trace, v)
	case *ssa.FreeVar:
		return t.bindings(v)
	case *ssa.Call:
		return t.results(trace, v, 0)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return t.results(trace, call, v.Index)
		}
	}
	return nil
}

// loaded returns what may have been stored at an address.
func (t *Tracer) loaded(trace *Trace, addr ssa.Value) []ssa.Value {
	switch addr := addr.(type) {
	case *ssa.Global:
		if known := t.globals[addr]; known != nil && !known.open {
			trace.Open = trace.Open || addr.Object() != nil && addr.Object().Exported() && len(known.values) == 0
			return known.values
		}
	case *ssa.Alloc:
		if stored := storedAt(addr); len(stored) > 0 {
			return stored
		}
		return []ssa.Value{addr} // a struct that is built field by field
	case *ssa.FreeVar:
		var stored []ssa.Value
		for _, cell := range t.bindings(addr) {
			if alloc, ok := cell.(*ssa.Alloc); ok {
				stored = append(stored, storedAt(alloc)...)
			}
		}
		return stored
	}
	return nil
}

func storedAt(alloc *ssa.Alloc) []ssa.Value {
	var stored []ssa.Value
	for _, use := range *alloc.Referrers() {
		if store, ok := use.(*ssa.Store); ok && store.Addr == alloc {
			stored = append(stored, store.Val)
		}
	}
	return stored
}

func (t *Tracer) arguments(trace *Trace, p *ssa.Parameter) []ssa.Value {
	fn := p.Parent()
	calls, all := t.Callers(fn)
	trace.Open = trace.Open || !all
	var given []ssa.Value
	for i, param := range fn.Params {
		if param != p {
			continue
		}
		for _, call := range calls {
			if args := call.Common().Args; i < len(args) {
				given = append(given, args[i])
				trace.Calls = append(trace.Calls, call)
			}
		}
	}
	return given
}

func (t *Tracer) bindings(v *ssa.FreeVar) []ssa.Value {
	fn := v.Parent()
	for i, free := range fn.FreeVars {
		if free != v {
			continue
		}
		var bound []ssa.Value
		for _, closure := range t.made[fn] {
			bound = append(bound, closure.Bindings[i])
		}
		return bound
	}
	return nil
}

func (t *Tracer) results(trace *Trace, call *ssa.Call, index int) []ssa.Value {
	callee := call.Call.StaticCallee()
	if callee == nil || callee.Blocks == nil {
		return nil
	}
	var results []ssa.Value
	for _, b := range callee.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && index < len(ret.Results) {
			results = append(results, ret.Results[index])
		}
	}
	trace.Calls = append(trace.Calls, call)
	return results
}
