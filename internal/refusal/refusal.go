// Package refusal finds checks of a request that write a refusal and then let
// the request go on to what they guard.
//
// It walks the ways through a function that lead on from a refusal, with what is
// known there of conditions and flags: ok := false behind the refusal decides a
// later if ok. Where the request is then handed to another handler, or answered
// a second time, the check guards nothing. A way that only comes to the
// function's end is no finding, except in frameworks where the next handler of
// the chain runs unless it is told not to.
package refusal

import (
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// Analyzer finds the refusals of a package that stop nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintrefusal",
	Doc:        "soplintrefusal: find refusals that do not end a request for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// A Result is what is known of a package.
type Result struct {
	Leaks []*Leak // in source order
}

// A Leak is a refusal after which the request goes on.
type Leak struct {
	Pos     token.Pos // where the refusal is written
	By      string    // the call, as code has it
	Status  int64     // the HTTP status of the refusal
	Subject string    // what the check is about: "Origin", "method", …
	Goes    token.Pos // where the request goes on; NoPos at the end of a handler in a chain
	Runs    string    // what runs there, as code has it
	Handler bool      // that is the guarded handler
	Chain   bool      // the next handler of the chain runs, for nothing aborts it
}

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	s := &search{table: model.Builtin(), result: &Result{}, source: source, helpers: map[*ssa.Function]*helper{}}
	if source.SSA == nil || !s.concerns(pass.Pkg) {
		return s.result, nil
	}
	s.trace = source.Tracer()
	for _, fn := range source.Funcs {
		s.function(fn)
	}
	return s.result, nil
}

type search struct {
	table   *model.Table
	trace   *ssax.Tracer
	source  *ssax.Package
	result  *Result
	helpers map[*ssa.Function]*helper
	before  map[*ssa.Function]bool // see beforeOthers; nil until somebody asks
}

// concerns reports whether the package imports one that handlers are written
// with.
func (s *search) concerns(pkg *types.Package) bool {
	for _, imported := range pkg.Imports() {
		if s.table.Find("web", imported.Path()) != nil || s.table.HasPrefix(imported.Path()+".") || s.table.HasPrefix("(*"+imported.Path()+".") {
			return true
		}
	}
	return false
}

// function judges the refusals in one function.
func (s *search) function(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				if r := s.refusalAt(instr); r != nil {
					s.judge(r)
				}
			case *ssa.Store:
				s.callback(instr)
			}
		}
	}
}

// A refusal is a call that refuses a request.
type refusal struct {
	call    *ssa.Call
	status  int64
	subject string
	begun   bool // only the status is set, the rest of the answer may follow
}

// refusalAt returns the refusal that a call is, nil if it is none that a check
// of where a request comes from, or what it is, would write.
func (s *search) refusalAt(call *ssa.Call) *refusal {
	if returned(call) {
		return nil
	}
	r := &refusal{call: call}
	if status, ok := s.statusOf(&call.Call); ok {
		r.status = status
		r.subject = s.subject(call.Block(), status)
		row := s.trace.Row("refuse", &call.Call)
		r.begun = row != nil && row.Arg("body") == "later"
	} else if h := s.helperOf(&call.Call); h != nil && h.guards != "" && isDiscarded(call) {
		r.status, r.subject = h.status, h.guards
	}
	if r.subject == "" {
		return nil
	}
	return r
}

// statusOf returns the status with which a call answers: by the models, or by a
// function of the package that does nothing but answer.
func (s *search) statusOf(call *ssa.CallCommon) (int64, bool) {
	if row := s.trace.Row("refuse", call); row != nil {
		return status(ssax.Argument(call, row.Arg("status")))
	}
	h := s.helperOf(call)
	if h == nil || !h.always {
		return 0, false
	}
	if h.param >= 0 && h.param < len(call.Args) {
		return status(call.Args[h.param])
	}
	return h.status, h.status != 0
}

// status returns a constant that is a status of a refusal.
func status(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	n := c.Int64()
	return n, n >= 400 && n < 500
}

// returned reports whether the call's result, if it has one, is what the
// function returns, or is asked about.
func returned(call *ssa.Call) bool {
	if call.Call.Signature().Results().Len() == 0 || isDiscarded(call) {
		return false
	}
	// c.Status(403) returns the context, whose methods go on with the answer.
	for _, use := range *call.Referrers() {
		if next, ok := use.(*ssa.Call); ok && len(next.Call.Args) > 0 && (next.Call.Args[0] == call || next.Call.Value == call) {
			if returned(next) {
				return true
			}
			continue
		}
		return true
	}
	return false
}

func isDiscarded(call *ssa.Call) bool { return len(*call.Referrers()) == 0 }

// judge keeps a refusal from which a way leads on.
func (s *search) judge(r *refusal) {
	w := s.walkFrom(r.call, r.begun)
	if w.runs == nil && !w.ends {
		return
	}
	leak := &Leak{Pos: r.call.Pos(), By: callText(&r.call.Call), Status: r.status, Subject: r.subject}
	switch {
	case w.runs != nil:
		leak.Goes, leak.Runs, leak.Handler = w.runs.Pos(), callText(w.runs.Common()), w.handler
	case s.isMiddleware(r.call.Parent()) && !s.aborts(&r.call.Call) && !s.abortedBefore(r.call):
		leak.Chain = true
	default:
		return
	}
	s.result.Leaks = append(s.result.Leaks, leak)
}

// abortedBefore reports whether the chain was aborted on every way to a call.
func (s *search) abortedBefore(call *ssa.Call) bool {
	for b := call.Block(); b != nil; b = b.Idom() {
		for _, instr := range b.Instrs {
			if instr == call {
				break
			}
			if c, ok := instr.(ssa.CallInstruction); ok && s.aborts(c.Common()) {
				return true
			}
		}
	}
	return false
}

// isMiddleware reports whether a function is a handler in a chain with others
// behind it: somewhere it runs them through the context that it is given, or a router
// is given it as one. One that serves requests by a handler of its own may well be the
// last.
func (s *search) isMiddleware(fn *ssa.Function) bool {
	context := s.chained(fn)
	if context == nil {
		return false
	}
	if s.before == nil {
		s.before = s.beforeOthers()
	}
	if s.before[fn] {
		return true
	}
	for _, use := range *context.Referrers() {
		call, ok := use.(ssa.CallInstruction)
		if ok && s.trace.Row("route.next", call.Common()) != nil && ssax.Argument(call.Common(), "recv") == context {
			return true
		}
	}
	return false
}

// chained returns the parameter of a handler in a chain, nil for others.
func (s *search) chained(fn *ssa.Function) *ssa.Parameter {
	for _, p := range fn.Params {
		if name := ssax.TypeName(p.Type()); name != "" && s.table.Find("route.implicit", name) != nil {
			return p
		}
	}
	return nil
}

// callback judges a handler that a library is given to refuse requests with.
func (s *search) callback(store *ssa.Store) {
	field, ok := store.Addr.(*ssa.FieldAddr)
	if !ok || ssax.FieldRow(s.table, "refuses", field) == nil {
		return
	}
	for _, source := range s.trace.Of(store.Val).Sources {
		fn := function(source)
		if fn == nil || fn.Blocks == nil || s.alwaysAborts(fn) {
			continue
		}
		s.result.Leaks = append(s.result.Leaks, &Leak{
			Pos: store.Pos(), By: ssax.FieldOf(field).Name(), Subject: "CSRF token", Chain: true,
		})
	}
}

func function(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	}
	return nil
}

// callText renders a call as code has it, without its arguments.
func callText(call *ssa.CallCommon) string {
	callee := call.Method
	if fn := call.StaticCallee(); fn != nil {
		callee, _ = fn.Object().(*types.Func)
	}
	if callee == nil {
		return "the next handler"
	}
	if recv := callee.Signature().Recv(); recv != nil {
		receiver := ssax.TypeName(recv.Type())
		return receiver[strings.LastIndexByte(receiver, '.')+1:] + "." + callee.Name()
	}
	return callee.Pkg().Name() + "." + callee.Name()
}
