package refusal

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// headers are the request headers that tell where a request comes from, who
// sends it, and what it is.
var headers = map[string]string{
	"origin": "Origin", "referer": "Referer", "sec-fetch-site": "Sec-Fetch-Site", "sec-fetch-mode": "Sec-Fetch-Mode",
	"content-type": "Content-Type", "authorization": "Authorization",
}

// subject says what the check is about that leads to a block in which a request
// is refused with that status; "" if it is none of those that guard against
// requests of other sites.
func (s *search) subject(b *ssa.BasicBlock, status int64) string {
	for _, cond := range conditionsOf(b) {
		if about := s.about(cond, status); about != "" {
			return about
		}
	}
	return ""
}

// conditionsOf returns the conditions of the branches that lead straight to a
// block: several where they are joined by ||.
func conditionsOf(b *ssa.BasicBlock) []ssa.Value {
	var conditions []ssa.Value
	seen := map[*ssa.BasicBlock]bool{}
	for work := []*ssa.BasicBlock{b}; len(work) > 0 && len(seen) < 8; work = work[1:] {
		at := work[0]
		if seen[at] {
			continue
		}
		seen[at] = true
		for _, pred := range at.Preds {
			if branch, ok := pred.Instrs[len(pred.Instrs)-1].(*ssa.If); ok {
				conditions = append(conditions, branch.Cond)
			} else if pred.Dominates(b) {
				work = append(work, pred)
			}
		}
	}
	return conditions
}

// maxLooked bounds how many values of a condition are looked at.
const maxLooked = 60

// about says what a condition asks of the request.
func (s *search) about(cond ssa.Value, status int64) string {
	seen := map[ssa.Value]bool{}
	for work := []ssa.Value{cond}; len(work) > 0 && len(seen) < maxLooked; work = work[1:] {
		v := work[0]
		if seen[v] {
			continue
		}
		seen[v] = true
		if about := s.reads(v, status); about != "" {
			return about
		}
		work = append(work, s.parts(v)...)
	}
	return ""
}

// parts returns the values that v is computed from in its function.
func (s *search) parts(v ssa.Value) []ssa.Value {
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return nil
	}
	if cell, ok := v.(*ssa.Alloc); ok {
		var stored []ssa.Value
		for _, use := range *cell.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == cell {
				stored = append(stored, store.Val)
			}
		}
		return stored
	}
	var space [8]*ssa.Value
	var values []ssa.Value
	for _, operand := range instr.Operands(space[:0]) {
		values = append(values, *operand)
	}
	return values
}

// reads says what of a request one value is.
func (s *search) reads(v ssa.Value, status int64) string {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		structure := v.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
		row := s.table.Find("request.part", ssax.TypeName(v.X.Type())+"."+structure.Field(v.Field).Name())
		if row != nil && row.Arg("is") == "method" {
			return "method"
		}
	case *ssa.Call:
		return s.asks(&v.Call, status)
	case *ssa.Lookup:
		if text, ok := ssax.Text(v.Index); ok && ssax.TypeName(v.X.Type()) == "net/http.Header" {
			return headerSubject(text)
		}
	}
	return ""
}

// asks says what of a request a call reads, or is asked about.
func (s *search) asks(call *ssa.CallCommon, status int64) string {
	name := ssax.CalleeName(call)
	for _, row := range s.table.Lookup(name) {
		switch {
		case row.Role == "header.get" && s.isOfResponse(call):
			return "" // what the server answers with
		case row.Role == "header.get" && row.Arg("name") != "":
			return headerSubject(row.Arg("name"))
		case row.Role == "header.get":
			if text, ok := ssax.Text(ssax.Argument(call, row.Arg("key"))); ok {
				return headerSubject(text)
			}
		case row.Role == "request.get" && row.Arg("is") == "method":
			return "method"
		}
	}
	if status != 401 && status != 403 || name == "" || !s.givenRequest(call) {
		return ""
	}
	// A check of the program's own, of the whole request: the words of its name
	// say what it asks, and the status what its answer means.
	for _, word := range web.Words(name[strings.LastIndexByte(name, '.')+1:]) {
		if about := checks[word]; about != "" {
			return about
		}
	}
	return ""
}

// isOfResponse reports whether a call reads the headers of the answer.
func (s *search) isOfResponse(call *ssa.CallCommon) bool {
	of, ok := ssax.Argument(call, "recv").(*ssa.Call)
	return ok && s.trace.Row("response.header", &of.Call) != nil
}

// checks are words in the names of checks, and what those are about.
var checks = map[string]string{
	"origin": "Origin", "csrf": "CSRF token", "xsrf": "CSRF token", "token": "token", "jwt": "token", "auth": "credentials",
	"authorized": "credentials", "authenticated": "credentials", "authenticate": "credentials", "authorize": "credentials",
	"authorization": "credentials", "login": "credentials", "session": "credentials", "permission": "credentials",
	"permitted": "credentials", "allowed": "credentials", "password": "credentials", "credentials": "credentials",
}

// givenRequest reports whether a call is given a request, its context, or
// headers.
func (s *search) givenRequest(call *ssa.CallCommon) bool {
	return slices.ContainsFunc(append(slices.Clone(call.Args), call.Value), func(v ssa.Value) bool {
		return v != nil && (s.carries(v.Type()) == "request" || ssax.TypeName(v.Type()) == "net/http.Header")
	})
}

func headerSubject(name string) string {
	name = strings.ToLower(name)
	if about := headers[name]; about != "" {
		return about
	}
	if strings.Contains(name, "token") || strings.Contains(name, "csrf") || strings.Contains(name, "xsrf") || strings.Contains(name, "api-key") {
		return "token"
	}
	return ""
}

// A helper is what is known of a function of the package that answers requests.
type helper struct {
	always bool   // it answers with a refusal, whatever is asked
	status int64  // with which
	param  int    // or the parameter that says it, -1 if none does
	guards string // it refuses by a check of its own, about this
	aborts bool   // it aborts the chain on every way
}

// helperOf returns what is known of the function that is called, nil if it is
// none of the package that is given what it can answer with.
func (s *search) helperOf(call *ssa.CallCommon) *helper {
	callee := call.StaticCallee()
	if callee == nil || callee.Blocks == nil || callee.Pkg != s.source.SSA {
		return nil
	}
	return s.helper(callee)
}

func (s *search) helper(fn *ssa.Function) *helper {
	if known := s.helpers[fn]; known != nil {
		return known
	}
	h := &helper{param: -1}
	s.helpers[fn] = h // for functions that call themselves
	if !slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return s.carries(p.Type()) != "" }) {
		return h
	}
	h.aborts = s.alwaysAborts(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				s.note(h, fn, call)
			}
		}
	}
	if h.guards != "" && s.passesOn(fn) {
		h.guards = "" // it runs the handler itself where its check passes
	}
	return h
}

// note adds to a helper what one of its calls says.
func (s *search) note(h *helper, fn *ssa.Function, call *ssa.Call) {
	onEveryWay := s.everyWay(call.Block(), fn)
	if row := s.trace.Row("refuse", &call.Call); row != nil && onEveryWay {
		given := ssax.Argument(&call.Call, row.Arg("status"))
		if param, ok := given.(*ssa.Parameter); ok {
			h.always, h.param = true, slices.Index(fn.Params, param)
			return
		}
		if n, ok := status(given); ok {
			h.always, h.status = true, n
		}
		return
	}
	if n, ok := s.statusOf(&call.Call); ok && !onEveryWay {
		if about := s.subject(call.Block(), n); about != "" && s.returnsFrom(call) {
			h.guards, h.status = about, n
		}
	}
}

// returnsFrom reports whether a function does nothing with the request once it
// has refused it: it leaves the rest to its caller.
func (s *search) returnsFrom(call *ssa.Call) bool {
	w := s.walkFrom(call, false)
	return w.runs == nil && w.ends
}

// passesOn reports whether a function hands requests to handlers, or serves
// them.
func (s *search) passesOn(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && (s.isHandler(call) || s.serves(call)) {
				if _, refuses := s.statusOf(&call.Call); !refuses {
					return true
				}
			}
		}
	}
	return false
}

// everyWay reports whether every way through a function passes a block.
func (s *search) everyWay(b *ssa.BasicBlock, fn *ssa.Function) bool {
	for _, other := range fn.Blocks {
		if _, ok := other.Instrs[len(other.Instrs)-1].(*ssa.Return); ok && !b.Dominates(other) {
			return false
		}
	}
	return true
}

// alwaysAborts reports whether every way through a function aborts the chain.
func (s *search) alwaysAborts(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if ok && s.trace.Row("route.abort", &call.Call) != nil && s.everyWay(b, fn) {
				return true
			}
		}
	}
	return false
}

// serves reports whether a call does what a refused request must not come to:
// it reads what the request carries, or is of the program's own code, and its
// name does not say that it is about the refusal.
func (s *search) serves(call *ssa.Call) bool {
	common := &call.Call
	name := ssax.CalleeName(common)
	if row := s.table.Find("request.get", name); row != nil {
		return row.Arg("is") == "input"
	}
	if name == "" || isQuiet(name) || len(s.table.Lookup(name)) > 0 {
		return false
	}
	if _, refuses := s.statusOf(common); refuses {
		return false
	}
	callee := common.StaticCallee()
	return callee != nil && (callee.Pkg == s.source.SSA || inModule(callee, s.source.SSA))
}

// inModule reports whether a function is of a package whose path begins as that
// of pkg does.
func inModule(fn *ssa.Function, pkg *ssa.Package) bool {
	if fn.Pkg == nil || pkg == nil {
		return false
	}
	a, b := strings.SplitN(fn.Pkg.Pkg.Path(), "/", 4), strings.SplitN(pkg.Pkg.Path(), "/", 4)
	return len(a) > 2 && len(b) > 2 && slices.Equal(a[:3], b[:3])
}

// isQuiet reports whether a function's name says that it tells what happened,
// finishes the answer, or only looks something up.
func isQuiet(name string) bool {
	words := web.Words(name[strings.LastIndexByte(name, '.')+1:])
	return len(words) > 0 && lookingUp[words[0]] || slices.ContainsFunc(words, func(word string) bool { return telling[word] })
}

var (
	lookingUp = set("get is has new find list load since string format json xml html encode write render respond response reply send set " +
		"finish end close")
	telling = set("log logf logger debug trace audit metric metrics observe count record print printf error errorf err fail failed " +
		"failure deny reject unauthorized forbidden status cors header headers template page message")
)

func set(words string) map[string]bool {
	s := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		s[word] = true
	}
	return s
}
