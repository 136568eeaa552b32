// Package headers finds the response headers that code sets, with the values
// that can be told without running it.
//
// It is the light counterpart of the replay in package flow: for headers whose
// value alone says what they do, whoever asks. A write is found where
//
//   - a function that the models know sets a header, for one response or for all
//     (header.set, header.add, header.always),
//   - an entry of a map of headers is assigned (header.map),
//   - a field of a library's options stands for a header (header.holds),
//   - a function of the program is called that sets a header of a name, or to a
//     value, that it is given; such functions are facts, so they are known in
//     the packages that import them,
//   - a table of headers is ranged over.
//
// Names and values are folded from constants (fold.go). What is not known of a
// value is [web.Unknown] in it; a value that may be one of several is several
// writes.
package headers

import (
	"go/token"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// Analyzer finds the response headers that a package sets.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintheaders",
	Doc:        "soplintheaders: find response headers for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Setter)},
}

// A Result is what a package sets.
type Result struct {
	Writes []*Write
	Idle   []*Middleware

	code   *code
	shared map[*ssa.Function]bool
}

// A Write is a place that sets a response header.
type Write struct {
	Name  string // as the program spells it
	Value string
	Pos   token.Pos

	fn    *ssa.Function
	instr ssa.Instruction
	scope any // the function, or the options that the field is part of
	added bool
}

// Is reports whether the write is of that header.
func (w *Write) Is(name string) bool { return strings.EqualFold(w.Name, name) }

// maxShown is how much of a value is shown, in bytes.
const maxShown = 40

// Shown renders the value for messages: cut short, with dots for what is not
// known.
func (w *Write) Shown() string {
	value := strings.ReplaceAll(w.Value, web.Unknown, "…")
	if len(value) > maxShown {
		return strings.ToValidUTF8(value[:maxShown], "") + "…"
	}
	return value
}

// A Middleware is the use of a security-header middleware with options under
// which it sends nothing.
type Middleware struct {
	Name string // package and function
	Pos  token.Pos
}

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	s := &search{
		pass:    pass,
		code:    newCode(source, model.Builtin()),
		setters: map[*ssa.Function]*Setter{},
		found:   map[found]bool{},
	}
	s.result = &Result{code: s.code}
	if source.SSA == nil {
		return s.result, nil
	}
	assigning := s.findSetters()
	for _, fn := range source.Funcs {
		if assigning[fn] {
			s.function(fn, s.keep)
		}
		s.middlewares(fn)
	}
	s.exportSetters()
	return s.result, nil
}

type search struct {
	pass    *analysis.Pass
	code    *code
	setters map[*ssa.Function]*Setter
	found   map[found]bool
	result  *Result
}

// found tells the writes of one place apart.
type found struct {
	instr       ssa.Instruction
	name, value string
}

// An assignment sets a header in the code of one function, before it is known
// what name and value are.
type assignment struct {
	fn       *ssa.Function
	instr    ssa.Instruction
	pos      token.Pos
	name     ssa.Value // nil where fixed is the name
	value    ssa.Value // nil where constant is the value
	fixed    string
	constant string
	scope    any
	added    bool
}

// function gives do every assignment of a header in a function.
func (s *search) function(fn *ssa.Function, do func(assignment)) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				s.call(fn, instr, do)
			case *ssa.MapUpdate:
				if s.code.has("header.map", ir.TypeOf(instr.Map.Type()).Name) && !s.code.ofRequest(instr.Map) {
					do(assignment{fn: fn, instr: instr, pos: instr.Pos(), name: instr.Key, value: instr.Value, scope: fn})
				}
			case *ssa.Store:
				s.field(fn, instr, do)
			}
		}
	}
}

// call gives do the assignment that a call comes to, if it comes to one.
func (s *search) call(fn *ssa.Function, instr ssa.CallInstruction, do func(assignment)) {
	call := instr.Common()
	a := assignment{fn: fn, instr: instr, pos: instr.Pos(), scope: fn}
	if row, args := s.code.setter(call); row != nil {
		if call.Signature().Recv() != nil && s.code.ofRequest(receiver(call)) {
			return
		}
		a.fixed, a.added = row.Arg("name"), row.Role == "header.add"
		a.name, a.value = argument(args, row.Arg("key")), argument(args, row.Arg("value"))
	} else if setter := s.setterOf(call); setter != nil {
		a.fixed, a.constant, a.added = setter.Name, setter.Value, setter.Adds
		a.name, a.value = parameter(call.Args, setter.NameAt), parameter(call.Args, setter.ValueAt)
	} else {
		return
	}
	if a.name != nil || a.fixed != "" {
		do(a)
	}
}

// field gives do the header that a field of options stands for.
func (s *search) field(fn *ssa.Function, store *ssa.Store, do func(assignment)) {
	address, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	row := ssax.FieldRow(s.code.table, "header.holds", address)
	if row == nil {
		return
	}
	a := assignment{fn: fn, instr: store, pos: store.Pos(), fixed: row.Arg("name"), value: store.Val, scope: address.X}
	if constant := row.Arg("true"); constant != "" {
		if !isTrue(store.Val) {
			return
		}
		a.value, a.constant = nil, constant
	}
	if sibling := row.Arg("reportonly"); sibling != "" && setsTrue(address.X, sibling) {
		a.fixed += "-Report-Only"
	}
	do(a)
}

// isTrue reports whether v is the constant true.
func isTrue(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.String() == "true"
}

// setsTrue reports whether the field of that name of options is set to true.
func setsTrue(options ssa.Value, name string) bool {
	return slices.ContainsFunc(*options.Referrers(), func(use ssa.Instruction) bool {
		field, ok := use.(*ssa.FieldAddr)
		if !ok || ssax.FieldOf(field).Name() != name {
			return false
		}
		return slices.ContainsFunc(*field.Referrers(), func(use ssa.Instruction) bool {
			store, ok := use.(*ssa.Store)
			return ok && store.Addr == field && isTrue(store.Val)
		})
	})
}

// keep records an assignment whose name is known, and what it may set the
// header to.
func (s *search) keep(a assignment) {
	if a.name != nil && a.value != nil {
		if pairs := s.code.ranged(a.name, a.value); pairs != nil {
			for _, p := range pairs {
				s.write(a, p.name, p.value, p.pos)
			}
			return
		}
	}
	names := []string{a.fixed}
	if a.name != nil {
		names = s.code.fold(a.name)
	}
	values := []string{a.constant}
	if a.value != nil {
		values = s.code.fold(a.value)
	}
	for _, name := range names {
		for _, value := range values {
			s.write(a, name, value, a.pos)
		}
	}
}

func (s *search) write(a assignment, name, value string, pos token.Pos) {
	key := found{a.instr, name, value}
	if name == "" || strings.Contains(name, unknownText) || s.found[key] || !pos.IsValid() {
		return
	}
	s.found[key] = true
	s.result.Writes = append(s.result.Writes, &Write{
		Name: name, Value: value, Pos: pos, fn: a.fn, instr: a.instr, scope: a.scope, added: a.added,
	})
}

// Beside returns the other writes of the header with that name that the response
// of w can carry: of the same function, or the same options.
func (r *Result) Beside(w *Write, name string) []*Write {
	var beside []*Write
	for _, other := range r.Writes {
		if other.instr != w.instr && other.scope == w.scope && other.Is(name) {
			beside = append(beside, other)
		}
	}
	return beside
}

// Sharing returns the writes of the header with that name in what serves more
// than one handler: middleware, helpers, options.
func (r *Result) Sharing(name string) []*Write {
	var sharing []*Write
	for _, w := range r.Writes {
		if w.Is(name) && (w.scope != any(w.fn) || r.isShared(w.fn)) {
			sharing = append(sharing, w)
		}
	}
	return sharing
}

// Named returns the writes of the header with that name.
func (r *Result) Named(name string) []*Write {
	var named []*Write
	for _, w := range r.Writes {
		if w.Is(name) {
			named = append(named, w)
		}
	}
	return named
}

// Together returns the values that a response carries by w: its own, and those
// that code which always runs before has set and w adds to.
func (r *Result) Together(w *Write) []string {
	values := []string{w.Value}
	if !w.added {
		return values
	}
	for _, other := range r.Beside(w, w.Name) {
		if precedes(other.instr, w.instr) {
			values = append(values, other.Value)
		}
	}
	return values
}

// precedes reports whether a always runs before b, in the same function.
func precedes(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Block().Dominates(b.Block())
	}
	instrs := a.Block().Instrs
	return slices.Index(instrs, a) < slices.Index(instrs, b)
}

// isShared reports whether a function runs for more than its own requests: it is
// called by others here, hands the request on, or takes none.
func (r *Result) isShared(fn *ssa.Function) bool {
	if r.shared == nil {
		r.shared = map[*ssa.Function]bool{}
		for _, f := range r.code.funcs {
			for _, b := range f.Blocks {
				for _, instr := range b.Instrs {
					if call, ok := instr.(ssa.CallInstruction); ok {
						if callee := call.Common().StaticCallee(); callee != nil {
							r.shared[callee] = true
						}
						if r.code.handsOn(call.Common()) {
							r.shared[f] = true
						}
					}
				}
			}
		}
	}
	return r.shared[fn] || !slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool {
		return r.code.has("request", ir.TypeOf(p.Type()).Name)
	})
}

// Ambient reports whether the function that w stands in, or one that it calls in
// this package, reads what browsers add to requests by themselves.
func (r *Result) Ambient(w *Write) bool { return r.code.reads(w.fn, "authority", 3) }
