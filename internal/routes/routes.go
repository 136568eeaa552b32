// Package routes finds the handlers that a package serves, and what a request
// that a foreign page has a browser send makes them change.
package routes

import (
	"go/token"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// Analyzer finds the handlers that a package registers.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintroutes",
	Doc:        "soplintroutes: find the routes for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer, effect.Analyzer, flow.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// A Result is what a package serves.
type Result struct {
	Flow    *flow.Package
	Served  []*Served
	Servers []Server
}

// A Served is a handler that is registered.
type Served struct {
	Route   *flow.Route
	Handler string   // name of the function, as ssax.FuncName gives it
	Changes []Change // what a GET changes that a page of another site makes a browser send

	closure *flow.Closure
	within  map[string]bool // the functions that wrappers hold; the handler itself if there are none
}

// A Change is something that a request changes.
type Change struct {
	effect.Effect
	Site  flow.Site
	Calls []flow.Site // from the handler to it, outermost first
	Given bool        // what the request carries decides about what is changed, or into what
}

func run(pass *analysis.Pass) (any, error) {
	s := &search{
		changing: pass.ResultOf[flow.Analyzer].(*flow.Package).About(flow.Changes),
		serving:  pass.ResultOf[flow.Analyzer].(*flow.Package).About(flow.Registers),
		effects:  pass.ResultOf[effect.Analyzer].(*effect.Result),
		entered:  map[string]bool{},
		passes:   map[string]bool{},
		result:   &Result{Flow: pass.ResultOf[flow.Analyzer].(*flow.Package)},
	}
	s.places(pass.ResultOf[ssax.Analyzer].(*ssax.Package))
	s.result.Servers = servers(s.serving.Engine.Table, pass.ResultOf[ssax.Analyzer].(*ssax.Package))
	for _, fn := range s.serving.Roots() {
		s.root(flow.Root{Func: fn})
	}
	for _, fn := range s.serving.Remaining(s.entered) {
		s.root(flow.Root{Func: fn})
	}
	return s.result, nil
}

type search struct {
	serving  *flow.Package
	changing *flow.Package
	decoding *flow.Package // what a POST does; nil for what a GET does
	effects  *effect.Result
	at       map[token.Pos][]effect.Effect // what instructions of this package change
	entered  map[string]bool
	passes   map[string]bool         // by step, whether a foreign GET gets past it
	passages map[string]flow.Passage // by step and Content-Type, for a foreign POST
	result   *Result
}

// places notes where the package's own code changes something.
func (s *search) places(pkg *ssax.Package) {
	s.at = map[token.Pos][]effect.Effect{}
	for _, fn := range pkg.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if found := s.effects.At(instr); len(found) > 0 {
					s.at[instr.Pos()] = found
				}
			}
		}
	}
}

// root follows what registers handlers from one function, and from the closures
// that it hands out and that register some.
func (s *search) root(root flow.Root) {
	if s.entered[root.Func.Name] {
		return
	}
	s.entered[root.Func.Name] = true
	run := s.serving.Engine.Replay(root, &flow.Request{Host: web.Host})
	for name := range run.Called {
		s.entered[name] = true
	}
	for i := range run.Closures {
		c := &run.Closures[i]
		switch {
		case c.Route != nil:
			s.serve(c)
		case s.serving.Touches(c.Name) && !s.entered[c.Key()]:
			s.entered[c.Key()] = true
			s.root(c.Root(s.serving.Engine.Code.Func(c.Name)))
		}
	}
}

// foreign is the request that a link, an image or a navigation on a foreign page
// makes: it has no Origin header (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
var foreign = &flow.Request{Method: "GET", Host: web.Host}

// serve replays the request on a handler.
func (s *search) serve(c *flow.Closure) {
	inner := s.wrapped(c)
	served := &Served{Route: c.Route, Handler: c.Name, closure: c, within: map[string]bool{}}
	for _, name := range inner {
		served.within[name] = true
	}
	if len(inner) == 1 {
		served.Handler = inner[0]
	}
	s.result.Served = append(s.result.Served, served)
	if !takesGET(c.Route.Methods) || !s.changes(c) || s.stopped(c.Route.Steps) {
		return
	}
	run := s.changing.Engine.Replay(c.Root(s.changing.Engine.Code.Func(c.Name)), foreign)
	for _, event := range run.Events {
		if event.Kind == flow.Changed {
			s.change(served, run, event)
		}
	}
}

// upgrades reports whether an event opens a WebSocket. What follows is for the
// checks of those.
func upgrades(e *flow.Event) bool { return e.Kind == flow.Configured && e.Row.Role == "ws.upgrade" }

// takesGET reports whether a browser's GET or HEAD comes to the handler.
func takesGET(methods []string) bool {
	return len(methods) == 0 || slices.ContainsFunc(methods, func(m string) bool { return m == "GET" || m == "HEAD" || m == "*" })
}

// changes reports whether the handler, or one that it wraps, can change anything.
func (s *search) changes(c *flow.Closure) bool {
	return s.changing.Touches(c.Name) || slices.ContainsFunc(c.Held, func(held flow.Closure) bool { return s.changes(&held) })
}

// wrapped returns the names of the handlers that wrappers hold, or that of the
// handler itself. What the wrappers do around them, for every route alike, is
// bookkeeping: sessions and tokens.
func (s *search) wrapped(c *flow.Closure) []string {
	var names []string
	for i := range c.Held {
		if held := &c.Held[i]; s.takesRequest(held.Name) {
			names = append(names, s.wrapped(held)...)
		}
	}
	if len(names) == 0 {
		return []string{c.Name}
	}
	return names
}

// takesRequest reports whether a function is given a request.
func (s *search) takesRequest(name string) bool {
	fn := s.serving.Engine.Code.Func(name)
	return fn != nil && slices.ContainsFunc(fn.Params, func(p ir.Param) bool {
		return s.serving.Engine.Table.Find("request", fn.TypeOf(p.Type).Name) != nil
	})
}

// does reports whether a change is the wrapped handler's own.
func (s *Served) does(event *flow.Event) bool {
	return s.within[event.Site.Func.Name] ||
		slices.ContainsFunc(event.Calls, func(call flow.Site) bool { return s.within[call.Func.Name] })
}

// stopped reports whether what runs before a handler refuses the request.
func (s *search) stopped(steps []flow.Step) bool {
	return slices.ContainsFunc(steps, func(step flow.Step) bool {
		if step.Configured != nil || step.Holder && !s.serving.Mentions(step.Name, "route.next") {
			return false
		}
		passes, asked := s.passes[step.Key()]
		if !asked {
			passes = s.result.Flow.Engine.Pass(&step, foreign).Passes
			s.passes[step.Key()] = passes
		}
		return !passes
	})
}

// change records what an event changes, if the request gets there whatever
// guards decide.
func (s *search) change(served *Served, run *flow.Run, event *flow.Event) {
	effects := s.effectsOf(event)
	if len(effects) == 0 || !served.does(event) {
		return
	}
	here := func(e *flow.Event) bool { return e.Kind == flow.Changed && e.Site == event.Site }
	if !run.Reaches(here, flow.Strength{Regardless: true, Avoid: upgrades}) {
		return
	}
	for _, found := range effects {
		given := event.Key == "" && slices.Contains(event.Given, true) || slices.ContainsFunc(found.Params, func(i int) bool { return i < len(event.Given) && event.Given[i] })
		served.Changes = append(served.Changes, Change{Effect: found, Site: event.Site, Calls: event.Calls, Given: given})
	}
}

// effectsOf returns what an event changes. Of writes in other packages only the
// function is known that they stand in, with what it writes itself.
func (s *search) effectsOf(event *flow.Event) []effect.Effect {
	switch {
	case s.changing.InPackage(event.Site):
		return s.at[event.Site.Pos]
	case event.Key != "":
		return s.effects.Of(event.Key)
	}
	return slices.DeleteFunc(slices.Clone(s.effects.Of(event.Site.Func.Name)), func(own effect.Effect) bool {
		return len(own.Path) > 0 || own.Kind != effect.Memory && own.Kind != effect.Channel
	})
}

// Name is the handler's own name, without package: the function's or method's,
// or the type's where the method is what every handler has. A closure has the
// name of the function that makes it, unless that is the one that registers it.
func (s *Served) Name() string {
	name, _, isClosure := strings.Cut(s.Handler, "$")
	if site := s.Route.Site.Func; isClosure && site != nil {
		if registering, _, _ := strings.Cut(site.Name, "$"); registering == name {
			return ""
		}
	}
	parts := strings.Split(strings.TrimRight(name[strings.LastIndexByte(name, '/')+1:], ")"), ".")
	last := parts[len(parts)-1]
	if last == "ServeHTTP" && len(parts) > 2 {
		return strings.TrimRight(parts[len(parts)-2], ")")
	}
	return last
}

// Locate gives a report about a change its place, the registration, and the path
// that leads from there to the change.
func (r *Result) Locate(report *rule.Report, s *Served, c *Change) {
	report.Pos = s.Route.Site.Pos
	for _, call := range c.Calls {
		r.Flow.Relate(report, call, "the handler goes on here")
	}
	r.Flow.Relate(report, c.Site, "the state is changed here: "+c.Call)
}
