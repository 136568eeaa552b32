package protection

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// functions returns the functions that a value may be, where their code is in
// the package.
func (s *search) functions(v ssa.Value) []*ssa.Function {
	var found []*ssa.Function
	for _, source := range s.trace.Of(v).Sources {
		fn, _ := source.(*ssa.Function)
		if closure, ok := source.(*ssa.MakeClosure); ok {
			fn = closure.Fn.(*ssa.Function)
		}
		if fn != nil && fn.Blocks != nil {
			found = append(found, fn)
		}
	}
	return found
}

// skip judges a predicate that exempts requests.
func (s *search) skip(predicate ssa.Value, f Flaw) {
	for _, fn := range s.functions(predicate) {
		switch asked := s.asked(fn); {
		case alwaysTrue(fn):
			f.Kind = ExemptsAll
		case asked != "":
			f.Kind, f.Text = ExemptsAsked, asked
		case beginning(fn) != "":
			f.Kind, f.Text = ExemptsBelow, beginning(fn)
		default:
			continue
		}
		s.keep(f)
	}
}

// verdicts returns the values that a predicate may return.
func verdicts(fn *ssa.Function) []ssa.Value {
	var values []ssa.Value
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(ret.Results) > 0 {
			values = append(values, ret.Results[0])
		}
	}
	return values
}

// alwaysTrue reports whether a predicate says yes whatever it is asked.
func alwaysTrue(fn *ssa.Function) bool {
	values := verdicts(fn)
	return len(values) > 0 && !slices.ContainsFunc(values, func(v ssa.Value) bool {
		c, ok := v.(*ssa.Const)
		return !ok || c.Value == nil || c.Value.Kind() != constant.Bool || !constant.BoolVal(c.Value)
	})
}

// choosable are request headers that a page can set, or leave out, without a
// preflight (Fetch standard, CORS-safelisted request-header; Referrer Policy).
var choosable = map[string]string{
	"accept": "Accept", "accept-language": "Accept-Language", "content-language": "Content-Language", "referer": "Referer",
}

// asked returns what a predicate of one comparison asks of the request, if that
// is up to the page that sends it; "" otherwise.
func (s *search) asked(fn *ssa.Function) string {
	values := verdicts(fn)
	if len(values) != 1 || len(fn.Blocks) != 1 {
		return ""
	}
	asked, others := "", false
	seen := map[ssa.Value]bool{}
	for work := values; len(work) > 0; work = work[1:] {
		v := work[0]
		if seen[v] {
			continue
		}
		seen[v] = true
		if call, ok := v.(*ssa.Call); ok {
			what, isRead := s.read(&call.Call)
			if isRead {
				asked, others = what, others || what == "" || asked != "" && asked != what
				continue
			}
			others = others || call.Call.IsInvoke() || call.Call.StaticCallee() == nil || !isPure(call.Call.StaticCallee())
		}
		if instr, ok := v.(ssa.Instruction); ok {
			var space [8]*ssa.Value
			for _, operand := range instr.Operands(space[:0]) {
				work = append(work, *operand)
			}
		}
	}
	if others {
		return ""
	}
	return asked
}

// isPure reports whether a function only compares strings.
func isPure(fn *ssa.Function) bool {
	return fn.Pkg != nil && fn.Pkg.Pkg.Path() == "strings"
}

// read returns which header a call reads, if a page can set it; isRead says that
// it reads one at all.
func (s *search) read(call *ssa.CallCommon) (header string, isRead bool) {
	row := s.trace.Row("header.get", call)
	if row == nil {
		return "", false
	}
	name := row.Arg("name")
	if name == "" {
		name, _ = ssax.Text(ssax.Argument(call, row.Arg("key")))
	}
	return choosable[strings.ToLower(name)], true
}

// deny judges what answers the requests that are refused: if it serves what is
// protected, or runs the next handler, they are not refused.
func (s *search) deny(handler ssa.Value, f Flaw) {
	f.Kind = DenyServes
	protected := s.protected()
	if f.Other = s.among(handler, protected); f.Other.IsValid() {
		s.keep(f)
		return
	}
	for _, fn := range s.functions(handler) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok && s.serves(call, protected, &f) {
					s.keep(f)
					return
				}
			}
		}
	}
}

// serves reports whether a call in a deny handler runs what is protected.
func (s *search) serves(call *ssa.Call, protected map[ssa.Value]token.Pos, f *Flaw) bool {
	if row := s.trace.Row("route.next", &call.Call); row != nil && !strings.HasPrefix(row.Symbol, "(net/http.") {
		return true // fiber's Ctx.Next
	}
	handler := call.Call.Value
	if callee := call.Call.StaticCallee(); callee != nil {
		if callee.Name() != "ServeHTTP" || callee.Signature.Recv() == nil {
			return false
		}
		handler = call.Call.Args[0]
	}
	f.Other = s.among(handler, protected)
	return f.Other.IsValid()
}

// protected returns the handlers that the package protects, and where.
func (s *search) protected() map[ssa.Value]token.Pos {
	found := map[ssa.Value]token.Pos{}
	for _, row := range s.table.Rows() {
		if row.Role != "csrf.wrap" {
			continue
		}
		for _, call := range s.trace.CallsOf(row.Symbol) {
			s.note(found, ssax.Argument(call.Common(), "0"), call)
		}
	}
	for _, call := range s.trace.Dynamic() {
		if len(call.Call.Args) == 1 && s.maker(call) != nil {
			s.note(found, call.Call.Args[0], call)
		}
	}
	return found
}

func (s *search) note(found map[ssa.Value]token.Pos, handler ssa.Value, call ssa.CallInstruction) {
	if handler == nil {
		return
	}
	for _, source := range s.trace.Of(handler).Sources {
		found[source] = call.Pos()
	}
}

// among returns where a handler is protected, NoPos if it is not.
func (s *search) among(handler ssa.Value, protected map[ssa.Value]token.Pos) token.Pos {
	for _, source := range s.trace.Of(handler).Sources {
		if _, isConst := source.(*ssa.Const); !isConst && protected[source].IsValid() {
			return protected[source]
		}
	}
	return token.NoPos
}
