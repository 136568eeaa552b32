// Package routes finds the handlers that a package serves, and what a request
// that a foreign page has a browser send makes them change.
package routes

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

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
	Flow       *flow.Package
	changing   *flow.Engine
	Served     []*Served
	Servers    []Server
	Unresolved []Unresolved
	Registrars []Registrar
	Called     map[string]bool // the functions that the code which registers handlers calls

	below []*flow.Closure // handlers that packages below register, of routers that this package gives to a server
}

// An Unresolved is a registration of which not all is known that a report would
// rest on. Nothing is reported about it.
type Unresolved struct {
	Route  *flow.Route // nil where a function was not followed to its end, and may register more
	Site   flow.Site
	Reason string // a clause
}

// A Served is a handler that is registered. Of one whose code is not at hand no
// change is known.
type Served struct {
	Route   *flow.Route
	Closure *flow.Closure // what is registered
	Handler string        // name of the function, as ssax.FuncName gives it
	Changes []Change      // what a GET changes that a page of another site makes a browser send
	Lack    Lack          // under which settings nothing refuses that request

	// Overrides is where a POST, such as a form sends, is given the route's method;
	// nil where that is not so. Changes are those that such a request makes then.
	Overrides *flow.Site

	dispatch   *flow.Dispatch // the path for which a handler of many is this one
	registered flow.Site      // where that is registered

	root   flow.Root       // where a request enters; nothing without changes
	within map[string]bool // the functions that wrappers hold; the handler itself if there are none
}

// A Change is something that a request changes.
type Change struct {
	effect.Effect
	Site  flow.Site
	Calls []flow.Site // from the handler to it, outermost first
	Given bool        // what the request carries decides about what is changed, or into what
	Lack  Lack        // under which settings the handler itself does not refuse the request

	// Dispatch is the path for which a handler of many makes the change; nil where it
	// does not look at the path.
	Dispatch *flow.Dispatch
}

func run(pass *analysis.Pass) (any, error) {
	s := &search{
		changing: pass.ResultOf[flow.Analyzer].(*flow.Package).About(flow.Changes),
		serving:  pass.ResultOf[flow.Analyzer].(*flow.Package).About(flow.Registers),
		effects:  pass.ResultOf[effect.Analyzer].(*effect.Result),
		source:   pass.ResultOf[ssax.Analyzer].(*ssax.Package),
		entered:  map[string]bool{},
		passages: map[string]flow.Passage{},
		below:    map[string]map[string]bool{},
		resolved: map[flow.Site]bool{},
		result:   &Result{Flow: pass.ResultOf[flow.Analyzer].(*flow.Package), Called: map[string]bool{}},
	}
	s.result.changing = s.changing.Engine
	s.result.Servers = servers(s.serving.Engine.Table, s.source)
	for _, fn := range s.serving.Roots() {
		s.root(flow.Root{Func: fn})
	}
	for _, fn := range s.serving.Remaining(s.entered) {
		s.root(flow.Root{Func: fn})
	}
	s.leaveRouters()
	return s.result, nil
}

type search struct {
	serving  *flow.Package
	changing *flow.Package
	decoding *flow.Package // what a POST does; nil for what a GET does
	effects  *effect.Result
	source   *ssax.Package
	acting   map[token.Pos]ssa.Instruction // the instructions of this package that change something; nil until one is asked for
	dynamic  map[token.Pos]bool            // its calls of function values, of which only a replay knows what they call
	entered  map[string]bool
	passages map[string]flow.Passage    // by method, step and Content-Type, whether a foreign request gets past it
	below    map[string]map[string]bool // by package, which ones it imports, directly or not
	resolved map[flow.Site]bool         // calls of function values and interface methods of which it is known what they call
	result   *Result
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
	s.leaveOpen(root, run)
	for i := range run.Closures {
		c := &run.Closures[i]
		switch {
		case c.Route != nil && s.isOwn(c):
			s.serve(c)
		case c.Route != nil && s.servesBelow(run):
			s.result.below = append(s.result.below, c)
		case c.Route != nil:
		case s.serving.Touches(c.Name) && !s.entered[c.Key()]:
			s.entered[c.Key()] = true
			s.root(c.Root(s.serving.Engine.Code.Func(c.Name)))
		}
	}
}

// isOwn reports whether a route is for this package to report on: one that it
// registers itself, or has another package register for a handler that the other
// package knows nothing of, as with generated registrars.
func (s *search) isOwn(c *flow.Closure) bool {
	return c.Route.Owner(c, s.wrapped(c), s.importsOf) == s.result.Flow.Path
}

// importsOf returns the paths of the packages that one imports, directly or not,
// and its own.
func (s *search) importsOf(path string) map[string]bool {
	known, asked := s.below[path]
	if !asked {
		known = map[string]bool{}
		addImports(s.result.Flow.Import(path), known)
		s.below[path] = known
	}
	return known
}

// isHome reports whether code of this package registers a route.
func (s *search) isHome(r *flow.Route) bool {
	return r.Made.Func.Program().Path == s.result.Flow.Path
}

// addImports adds the paths of a package and of those that it imports.
func addImports(pkg *types.Package, known map[string]bool) {
	if pkg == nil || known[pkg.Path()] {
		return
	}
	known[pkg.Path()] = true
	for _, imported := range pkg.Imports() {
		addImports(imported, known)
	}
}

// foreign is the request that a link, an image or a navigation on a foreign page
// makes: it has no Origin header (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
var foreign = &flow.Request{Method: "GET", Host: web.Host}

// serve records a handler that this package serves.
func (s *search) serve(c *flow.Closure) {
	s.result.Served = append(s.result.Served, s.served(c))
	if slices.Contains(c.Route.Methods, flow.UnknownMethod) {
		s.unresolved(Unresolved{Route: c.Route, Site: c.Route.Site, Reason: "its method is not known"})
	}
}

// served replays the request on a handler.
func (s *search) served(c *flow.Closure) *Served {
	inner := s.wrapped(c)
	served := &Served{Route: c.Route, Closure: c, Handler: c.Name, within: map[string]bool{}}
	for _, name := range inner {
		served.within[name] = true
	}
	if len(inner) == 1 {
		served.Handler = inner[0]
	}
	request := foreign
	if !TakesGET(c.Route.Methods) {
		request = s.override(served)
	}
	if request == nil || !s.changes(c) || s.stopped(served, request) {
		return served
	}
	served.root = c.Root(s.changing.Engine.Code.Func(c.Name))
	run := s.changing.Engine.Replay(served.root, request)
	possible := withoutUpgrade(run)
	for _, event := range run.Events {
		if event.Kind == flow.Changed {
			s.change(served, run, event, possible)
		}
	}
	return served
}

// Authorities returns what a handler, or what runs before it, asks browsers for to
// know whom they send a request for (see [flow.Package.Authorities]).
func (r *Result) Authorities(s *Served) []string {
	var names []string
	if s.Closure != nil {
		names = s.Closure.Functions()
	}
	for _, step := range slices.Concat(s.Route.Around, s.Route.Steps) {
		names = append(names, step.Functions()...)
		if step.Configured != nil {
			names = append(names, step.Configured.Row.Symbol)
		}
	}
	return r.Flow.Authorities(names)
}

// ReachedBy reports whether a request with another method comes to a change of a
// handler, too.
func (r *Result) ReachedBy(method string, s *Served, c *Change) bool {
	run := r.changing.Replay(s.root, &flow.Request{Method: method, Host: web.Host})
	return run.Reaches(func(e *flow.Event) bool { return e.Kind == flow.Changed && e.Site == c.Site }, flow.Strength{Regardless: true})
}

// upgrades reports whether an event opens a WebSocket. What follows is for the
// checks of those.
func upgrades(e *flow.Event) bool { return e.Kind == flow.Configured && e.Row.Role == "ws.upgrade" }

// withoutUpgrade asks what requests can bring a run to before it opens a WebSocket.
func withoutUpgrade(run *flow.Run) flow.Strength {
	return flow.Strength{Regardless: true, Avoid: run.Met(upgrades)}
}

// TakesGET reports whether a browser's GET or HEAD comes to a handler that is served under these methods.
func TakesGET(methods []string) bool {
	return len(methods) == 0 || slices.ContainsFunc(methods, func(m string) bool { return m == "GET" || m == "HEAD" || m == "*" })
}

// changes reports whether the handler, or one that it wraps, can change anything.
func (s *search) changes(c *flow.Closure) bool {
	return s.changing.Touches(c.Name) || slices.ContainsFunc(c.Implementations(), s.changing.Acts) || slices.ContainsFunc(c.Held, func(held flow.Closure) bool { return s.changes(&held) })
}

// wrapped returns the names of the handlers that wrappers hold, or that of the
// handler itself. What the wrappers do around them, for every route alike, is
// bookkeeping: sessions and tokens.
func (s *search) wrapped(c *flow.Closure) []string {
	var names []string
	for i := range c.Held {
		if held := &c.Held[i]; s.takesRequest(held.Name) || s.isEndpoint(held.Name) {
			names = append(names, s.wrapped(held)...)
		}
	}
	if len(names) == 0 {
		return []string{c.Name}
	}
	return names
}

// takesRequest reports whether a function is given a request, and no error: one
// that gets an error answers for a handler that failed.
func (s *search) takesRequest(name string) bool {
	fn := s.serving.Engine.Code.Func(name)
	if fn == nil {
		return false
	}
	takes := false
	for _, p := range fn.Params {
		t := fn.TypeOf(p.Type)
		takes = takes || s.serving.Engine.Table.Find("request", t.Name) != nil
		if t.Kind == ir.Error {
			return false
		}
	}
	return takes
}

// does reports whether a change is the wrapped handler's own.
func (s *Served) does(event *flow.Event) bool {
	return s.within[event.Site.Func.Name] || s.within[event.Key] ||
		slices.ContainsFunc(event.Calls, func(call flow.Site) bool { return s.within[call.Func.Name] })
}

// Name is the handler's own name, without package: the function's or method's,
// or the type's where the method is what every handler has. A closure has the
// name of the function that makes it, unless that is the one that registers it, under a known path. What
// a handler of many paths does for one has no name of its own.
func (s *Served) Name() string {
	if s.dispatch != nil {
		return ""
	}
	name, _, isClosure := strings.Cut(s.Handler, "$")
	if site := s.Route.Site.Func; isClosure && site != nil && s.Route.Pattern != "" && s.Route.Pattern != "…" {
		if registering, _, _ := strings.Cut(site.Name, "$"); registering == name {
			return ""
		}
	}
	return nameOf(name)
}

// Locate gives a report about a change its place, the registration or where a
// handler of many paths looks for one, and what leads from there to the change.
func (r *Result) Locate(report *rule.Report, s *Served, c *Change) {
	report.Pos = s.Route.Site.Pos
	switch {
	case s.registered.Func != nil:
		r.Flow.Relate(report, s.registered, "the handler is registered here")
	case s.dispatch != nil:
		r.Flow.Relate(report, s.dispatch.Site, "the path is compared here")
	}
	if s.Route.Named.Func.Program() != s.Route.Site.Func.Program() {
		r.Flow.Relate(report, s.Route.Named, "the route is registered here")
	}
	for _, call := range c.Calls {
		r.Flow.Relate(report, call, "the handler goes on here")
	}
	r.Flow.Relate(report, c.Site, "the state is changed here: "+c.Call)
}
