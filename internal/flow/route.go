package flow

import (
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// A Route is what a handler is served under (libraries/routes.model has the
// roles of the functions that register one).
type Route struct {
	Methods []string // nil: any; [UnknownMethod] alone where it is not known which
	Types   []string // the Content-Types, in upper case, of the bodies that the router hands on; nil: any
	Decodes []string // the kinds, as of web.BodyKind, of bodies that the library itself decodes as JSON for the handler
	Pattern string   // with the prefixes of the groups; what is not known is "…"
	Steps   []Step   // what runs before the handler, outermost first
	Around  []Step   // what modelled libraries have put around the router, and runs before those
	Site    Site     // in the package under analysis: where it names the pattern, or comes to code that does
	Named   Site     // where the pattern is named, in whatever package that is
	Made    Site     // where the library is called
	Row     *model.Row
	Handler string // the function that serves it, where its code is not at hand: a library's, or one that changes nothing
	Open    string // why it is not known what serves it, "" if it is

	way     *way       // under which conditions it is registered
	within  []crossing // the packages whose code comes to the registration, innermost first
	routers []string   // objects of the router, of those it is a group of and of those it is mounted on
	mounts  []*Route   // those that the routers serve
}

// UnknownMethod stands for the methods of a route that are not known.
const UnknownMethod = "…"

// A Step is a function that runs before a handler.
type Step struct {
	Closure
	Configured *Event // for what a modelled library made: its configuration
	Early      bool   // it runs before the router looks at the method

	// Missing is the setting that decides whether the step is there, where it is not
	// as long as nothing is set; nil where it always is.
	Missing *Decider

	way *way // under which conditions it is put there
}

// nextHandler is the name of the function that stands for the handler behind a
// middleware that is looked at by itself.
const nextHandler = "@next"

// route runs a call of a function that registers handlers; it reports whether
// the call is one.
func (m *machine) route(s *state, instr *ir.Instr, c callee) bool {
	for _, row := range m.engine.Table.Lookup(c.name) {
		args := withoutReceiver(row.Symbol, c.args)
		switch row.Role {
		case "route":
			m.register(s, instr, row, c, args)
		case "server.handler":
			m.serveWhole(s, instr, row, at(args, row, "handler"))
			return false
		case "server.made":
			m.noteServing(s, instr)
			return false
		case "route.use":
			m.use(s, s.site(instr.Pos), c, row, args)
		case "route.group":
			return m.group(s, instr, row, c, args)
		case "route.prefix":
			s.heap.store(routerPrefix+c.args[0].Text, ".prefix", String(patternText(at(args, row, "prefix"))))
			s.set(instr, c.args[0])
			return true
		case "route.same":
			s.set(instr, c.args[0])
			return true
		case "route.methods":
			m.narrow(s, c, row, args)
			s.set(instr, c.args[0])
			return true
		case "route.types":
			m.restrict(s, c, row, args)
			s.set(instr, c.args[0])
			return true
		case "route.codec":
			m.codec(s, c, row, args)
		case "middleware.around":
			middleware, known := s.listOfMiddleware(c.args[0])
			return known && m.compose(s, instr, at(args, row, "handler"), middleware)
		case "route.next", "route.abort":
			m.chain(s, instr, row)
			return false
		default:
			continue
		}
		s.set(instr, m.routerBelow(s, instr, c))
		return true
	}
	return false
}

// chain notes what a handler says of those behind it.
func (m *machine) chain(s *state, instr *ir.Instr, row *model.Row) {
	if row.Role == "route.abort" {
		s.heap.store(requestObject, "aborted", trueValue)
		return
	}
	m.event(s, &Event{Kind: Next, Site: s.site(instr.Pos), Origin: s.overwritten(incoming)})
}

// routerBelow is the result of a call that hands the router on, such as
// gorilla/mux's HandleFunc, or the route that it made.
func (m *machine) routerBelow(s *state, instr *ir.Instr, c callee) *Value {
	if len(instr.Results) != 1 {
		return noValue
	}
	v := m.fresh(s, instr, s.top.fn.TypeOf(instr.Results[0]), 0)
	if r := m.routes[v.Text]; r == nil && len(c.args) > 0 {
		s.heap.store(routerPrefix+v.Text, ".in", String(c.args[0].Text))
	}
	return v
}

// register records that handlers are served.
func (m *machine) register(s *state, instr *ir.Instr, row *model.Row, c callee, args []*Value) {
	r := m.newRoute(s, instr, row, c, args)
	switch {
	case row.Arg("table") != "":
		m.registerTable(s, row, args, r)
		return
	case row.Arg("controller") != "":
		m.registerController(s, row, args, r)
		return
	}
	handlers, before := s.handlers(row, args)
	r.Steps = append(r.Steps, m.stepsOf(s, before)...)
	m.routes[s.objectName(instr)] = r
	if !m.registerMethods(s, r, handlers) {
		m.mount(row, r, handlers)
		m.add(s, r, handlers)
	}
	m.escapeAll(s, before)
}

// newRoute is a route with what the router, and the arguments, say of it.
func (m *machine) newRoute(s *state, instr *ir.Instr, row *model.Row, c callee, args []*Value) *Route {
	r := &Route{Made: s.site(instr.Pos), Row: row, way: s.way, within: s.packages()}
	m.locate(s, r, patternText(at(args, row, "pattern")), instr)
	switch {
	case row.Arg("body") != "":
		r.Decodes = row.List("body")
	case row.Arg("codecs") != "":
		r.Decodes = s.decodedBy(c.args[0].Text)
	}
	if in := routerOf(row, c, args); in != nil {
		r.routers = s.routers(in.Text)
	}
	for i := len(r.routers) - 1; i >= 0; i-- {
		outer := r.routers[i]
		r.Pattern += s.routerText(outer, ".prefix")
		for _, list := range []string{beforeRouting, afterRouting} {
			r.Steps = append(r.Steps, m.stepsIn(s, list, s.routerList(outer, list))...)
		}
		if r.Methods == nil {
			if list := s.heap.load(routerPrefix+outer, ".methods"); list != nil {
				r.Methods = textsOrUnknown(list)
			}
		}
		if list := s.heap.load(routerPrefix+outer, ".types"); list != nil {
			r.Types = textsOrUnknown(list)
		}
	}
	r.Pattern = joinPattern(r.Pattern, patternText(at(args, row, "pattern")))
	if methods := row.Arg("method"); methods != "" {
		r.Methods = methodsOf(methods, args)
	}
	if sep := row.Arg("pattern.method"); sep != "" {
		r.Methods, r.Pattern = splitPattern(r.Methods, r.Pattern, sep)
	}
	return r
}

// add records a route and serves its handlers.
func (m *machine) add(s *state, r *Route, handlers []*Value) {
	m.registered = append(m.registered, r)
	if len(r.routers) > 0 {
		m.routers[r.routers[0]] = &router{}
		for _, outer := range r.routers[1:] {
			if m.routers[outer] == nil {
				m.routers[outer] = &router{}
			}
		}
	}
	functions := m.functions(s, handlers)
	for _, fn := range functions {
		m.serve(s, fn, r)
	}
	if len(functions) == 0 {
		m.leaveOpen(r, handlers)
	}
}

// locate says where a route is registered that is served under a pattern: where the
// code names that, in the function that has the longest part of it as a constant. For
// s.handle("POST", "/notes", h), with a registrar of the program's own, that is the
// call of s.handle; where a registrar of another package has all of it, the call of
// that is what the package under analysis does.
func (m *machine) locate(s *state, r *Route, pattern string, instr *ir.Instr) {
	r.Site, r.Named = s.site(instr.Pos), s.site(instr.Pos)
	home, longest, pos := 0, 0, instr.Pos
	for f := s.top; f != nil; f = f.up {
		if f != s.top {
			pos = f.fn.Blocks[f.block].Instrs[f.pc].Pos
		}
		isHome := f.fn.Program().Path == m.engine.Home
		if isHome && r.Site.Func.Program().Path != m.engine.Home {
			r.Site = Site{f.fn, pos}
		}
		part := 0
		if pos.IsValid() {
			part = longestPart(f.fn, pattern)
		}
		if part > longest {
			longest, r.Named = part, Site{f.fn, pos}
		}
		if isHome && part > home {
			home, r.Site = part, Site{f.fn, pos}
		}
	}
}

// longestPart returns the length of the longest part of a pattern that a function has
// as a constant.
func longestPart(fn *ir.Func, pattern string) int {
	longest := 0
	for i := range fn.Consts {
		if c := &fn.Consts[i]; c.Kind == ir.StringConst && len(c.Text) > longest && strings.Contains(pattern, c.Text) {
			longest = len(c.Text)
		}
	}
	return longest
}

// handlers returns the values that a call serves, and those it runs before them.
func (s *state) handlers(row *model.Row, args []*Value) (served, before []*Value) {
	position, isList := strings.CutSuffix(row.Arg("handler"), "..")
	i, err := strconv.Atoi(position)
	if err != nil || i >= len(args) {
		return nil, nil
	}
	served = []*Value{args[i]}
	if isList {
		all := s.listElements(args[i])
		if len(all) == 0 {
			return nil, nil
		}
		served, before = all[len(all)-1:], all[:len(all)-1]
	}
	return served, append(before, s.listArgument(row, args, "middleware")...)
}

// listArgument returns the elements of the list argument that the row names, or
// the one argument.
func (s *state) listArgument(row *model.Row, args []*Value, name string) []*Value {
	position, isList := strings.CutSuffix(row.Arg(name), "..")
	i, err := strconv.Atoi(position)
	if err != nil || i >= len(args) {
		return nil
	}
	if !isList {
		return []*Value{args[i]}
	}
	return s.listElements(args[i])
}

func (s *state) listElements(v *Value) []*Value {
	if whole := s.whole(v, 0); whole.Kind == List {
		return whole.Elems
	}
	return nil
}

// group makes a router below another one, and goes on in the function that gets
// it.
func (m *machine) group(s *state, instr *ir.Instr, row *model.Row, c callee, args []*Value) bool {
	name := s.objectName(instr)
	group := unknown(name, ir.Type{}, 0)
	s.renew(name)
	s.heap.reset(routerPrefix + name)
	if in := routerOf(row, c, args); in != nil {
		s.heap.store(routerPrefix+name, ".in", String(in.Text))
	}
	s.heap.store(routerPrefix+name, ".prefix", String(patternText(at(args, row, "prefix"))))
	if method := row.Arg("method"); method != "" {
		s.heap.store(routerPrefix+name, ".methods", listOf(methodsOf(method, args), 0))
	}
	if methods := s.listArgument(row, args, "methods"); methods != nil {
		s.heap.store(routerPrefix+name, ".methods", &Value{Kind: List, Elems: methods})
	}
	before := s.listArgument(row, args, "middleware")
	s.addToRouter(name, afterRouting, before)
	m.escapeAll(s, before)
	callback := at(args, row, "callback")
	if list := s.listArgument(row, args, "callbacks"); len(list) > 0 {
		callback = list[0]
	}
	if callback == nil {
		if len(instr.Results) == 1 {
			group.Type = s.top.fn.TypeOf(instr.Results[0])
		}
		s.set(instr, group)
		return true
	}
	next := calleeOf(callback, []*Value{group})
	if callback.Kind == Function && m.follow(s, next) {
		return true
	}
	m.escapeAll(s, []*Value{callback})
	s.set(instr, group)
	return true
}

// narrow gives a route the methods that a later call names.
func (m *machine) narrow(s *state, c callee, row *model.Row, args []*Value) {
	list := &Value{Kind: List, Elems: s.listArgument(row, args, "methods")}
	if r := m.routes[c.args[0].Text]; r != nil {
		r.Methods = textsOrUnknown(list)
		return
	}
	if c.args[0].Text != "" {
		s.heap.store(routerPrefix+c.args[0].Text, ".methods", list)
	}
}

// stepsOf are the functions among values, and what modelled libraries made.
func (m *machine) stepsOf(s *state, values []*Value) []Step {
	var steps []Step
	for _, v := range values {
		list, isBound := m.boundMiddleware(s, v)
		switch {
		case isBound:
			steps = append(steps, m.stepsOf(s, list)...)
		case m.madeFunction(v) != nil:
			steps = append(steps, Step{Closure: Closure{key: v.Key()}, Configured: m.madeFunction(v), way: v.way})
		case v.Kind == Function:
			steps = append(steps, Step{Closure: m.closure(s, v, s.heap.snapshot(), map[string]bool{}), way: v.way})
		case v.Made != nil:
			steps = append(steps, Step{Closure: Closure{key: v.Text}, Configured: v.Made, way: v.way})
		}
	}
	return steps
}

// leaveOpen records a route without code at hand that serves it. A parameter
// of the function where the replay began is no such case: the function is a
// registrar, and its callers say what serves it.
func (m *machine) leaveOpen(r *Route, handlers []*Value) {
	if len(handlers) == 0 {
		r.Open = "the list of its handlers is not known"
	}
	for _, v := range handlers {
		switch {
		case isParameter(v):
			m.run.Registrar = true
			return
		case v.Dynamic != "" && m.engine.Table.HasPrefix("("+v.Dynamic+")."):
			return // a router, whose routes are registered with it
		case v.Kind == Function:
			r.Handler = v.Text
		case v.Dynamic != "":
			r.Open = "a " + shortCall(v.Dynamic) + " serves it, whose code is not known"
		case v.Label != "":
			r.Open = "what " + v.Label + " returns serves it"
		default:
			r.Open = "what serves it is not known"
		}
	}
	m.run.Open = append(m.run.Open, r)
}

// isParameter reports whether a value is a parameter of the function where the
// replay began.
func isParameter(v *Value) bool {
	return v.Kind == Unknown && strings.HasPrefix(v.Text, "p:") && !strings.ContainsAny(v.Text, ".#*[")
}

// Beside reports whether two routes are of the same router.
func (r *Route) Beside(other *Route) bool {
	return len(r.routers) > 0 && len(other.routers) > 0 && r.routers[0] == other.routers[0]
}
