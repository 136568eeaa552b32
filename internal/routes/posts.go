package routes

import (
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// Posting finds what a POST changes that a page of another site makes a browser
// send. It stands apart from [Analyzer], so that it costs nothing where no pass
// asks.
var Posting = &analysis.Analyzer{
	Name:       "soplintposts",
	Doc:        "soplintposts: find what a foreign POST changes for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        runPosting,
	Requires:   []*analysis.Analyzer{ssax.Analyzer, effect.Analyzer, flow.Analyzer, Analyzer},
	ResultType: reflect.TypeFor[*Posts](),
}

// Posts says what a foreign POST does to the handlers that it comes to.
type Posts struct {
	Flow    *flow.Package
	Routes  *Result
	Posted  []*Post
	Offered []*Post // of handlers that the package offers to others, and does not serve

	search *search
}

// A Post is what a foreign POST does to one handler.
type Post struct {
	*Served
	Lack      Lack       // under which settings nothing refuses it
	Changes   []Change   // what it changes, in the order in which the code comes to it
	Decodings []Decoding // how its body is decoded on ways on which something is changed
}

// A Decoding is a place where the body of a foreign POST is decoded.
type Decoding struct {
	Site  flow.Site
	Calls []flow.Site // from the handler to it, outermost first
	Call  string      // the function, as models name it
	Form  bool        // the function fills what JSON would fill from a form
	Types []string    // the Content-Types, of [web.SimpleTypes], with which a change is reached; nil for all
}

func runPosting(pass *analysis.Pass) (any, error) {
	pkg := pass.ResultOf[flow.Analyzer].(*flow.Package)
	routes := pass.ResultOf[Analyzer].(*Result)
	s := &search{
		changing: pkg.About(flow.Changes),
		decoding: pkg.About(flow.Decodes),
		serving:  pkg.About(flow.Registers),
		effects:  pass.ResultOf[effect.Analyzer].(*effect.Result),
		source:   pass.ResultOf[ssax.Analyzer].(*ssax.Package),
		passages: map[string]flow.Passage{},
		result:   routes,
	}
	posts := &Posts{Flow: pkg, Routes: routes, search: s}
	offered := s.offered(pass.ResultOf[ssax.Analyzer].(*ssax.Package))
	s.decoding.Engine.Share(2, func(i int) {
		if i == 0 {
			posts.Posted = s.posts(routes.Served)
		} else {
			posts.Offered = s.posts(offered)
		}
	})
	return posts, nil
}

// posts replays the request on handlers, of which none uses up what the others need.
func (s *search) posts(handlers []*Served) []*Post {
	var found []*Post
	s.decoding.Engine.Share(len(handlers), func(i int) {
		if post := s.post(handlers[i]); post != nil {
			found = append(found, post)
		}
	})
	return found
}

// Below returns what a foreign POST does to the handlers that packages below have
// registered, with routers that this package gives to a server: those do not know what
// stands before them. It finds that anew each time.
func (p *Posts) Below() []*Post {
	s, result := *p.search, *p.Routes
	result.Flow = p.Flow.Anew()
	s.result = &result
	s.changing, s.decoding = result.Flow.About(flow.Changes), result.Flow.About(flow.Decodes)
	var handlers []*Served
	for _, c := range p.Routes.below {
		handlers = append(handlers, s.served(c))
	}
	return s.posts(handlers)
}

// Unprotected returns what a foreign POST would do to a handler if no library's
// protection stood before it; nil if it would change nothing.
func (p *Posts) Unprotected(served *Served) *Post {
	bare, route := *served, *served.Route
	route.Steps = slices.DeleteFunc(slices.Clone(route.Steps), p.isProtection)
	bare.Route = &route
	return p.search.post(&bare)
}

// ProtectedBy returns where the libraries' protection was made that stands before a
// handler.
func (p *Posts) ProtectedBy(served *Served) []flow.Site {
	var made []flow.Site
	for _, step := range served.Route.Steps {
		if p.isProtection(step) && step.Configured != nil {
			made = append(made, step.Configured.Named)
		}
	}
	return made
}

func (p *Posts) isProtection(step flow.Step) bool { return p.search.decoding.Engine.Protects(&step) }

// offered returns the handlers of net/http that a package exports and does not
// serve by itself, as libraries do.
func (s *search) offered(pkg *ssax.Package) []*Served {
	served := map[string]bool{}
	for _, known := range s.result.Served {
		served[known.Handler] = true
		if known.Closure != nil {
			served[known.Closure.Name] = true
		}
	}
	var found []*Served
	for _, fn := range pkg.Funcs {
		name := ssax.FuncName(fn)
		if fn.Name() != "ServeHTTP" || fn.Signature.Recv() == nil || fn.Synthetic != "" || fn.Pkg.Pkg.Name() == "main" || served[name] || !s.takesRequest(name) {
			continue
		}
		site := flow.Site{Func: s.serving.Engine.Code.Func(name), Pos: fn.Pos()}
		found = append(found, &Served{Route: &flow.Route{Site: site}, Handler: name, Closure: &flow.Closure{Name: name}, within: map[string]bool{name: true}})
	}
	return found
}

// browser begins the User-Agent of every browser.
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// post is a foreign page's POST, with a type that the page chooses.
func post() *flow.Request {
	return &flow.Request{Method: "POST", Origin: web.Any, Host: web.Host, Headers: map[string]string{"user-agent": browser}}
}

// typedPost is the same with one Content-Type.
func typedPost(contentType string) *flow.Request {
	request := post()
	request.Headers["content-type"] = contentType
	return request
}

// post replays the request on a handler. Only where the code asks for the type it
// is replayed with each of them.
func (s *search) post(served *Served) *Post {
	if served.Closure == nil || !takesPOST(served.Route.Methods) || !s.changes(served.Closure) {
		return nil
	}
	p := &Post{Served: served}
	types := []string{""}
	if typed, changes := s.send(p, post(), nil); !changes && !typed {
		return nil
	} else if typed || served.Route.Types != nil || s.decodesFor(served.Route) || s.asksType(served.Route.Steps) {
		p.Changes, p.Decodings, types = nil, nil, web.SimpleTypes
		for i := range types {
			s.send(p, typedPost(types[i]), &types[i])
		}
	}
	if len(p.Changes) == 0 {
		return nil
	}
	if !slices.ContainsFunc(p.Changes, func(c Change) bool { return len(c.Lack) == 0 }) {
		p.Lack = p.Lack.And(p.Changes[0].Lack)
	}
	return p
}

// takesPOST reports whether a browser's POST comes to the handler.
func takesPOST(methods []string) bool {
	return len(methods) == 0 || slices.ContainsFunc(methods, func(m string) bool { return m == "POST" || m == "*" })
}

// asksType reports whether what runs before a handler asks for the type.
func (s *search) asksType(steps []flow.Step) bool {
	return slices.ContainsFunc(steps, func(step flow.Step) bool {
		_, asks := step.TakesType("")
		return asks || step.Configured == nil && s.passage(s.decoding.Engine, &step, post()).Typed
	})
}

// send replays one request, and adds to p what it does. It reports whether the
// handler asks for the Content-Type, and whether anything is changed.
func (s *search) send(p *Post, request *flow.Request, contentType *string) (typed, changes bool) {
	if s.refused(p, request) || contentType != nil && !s.takesType(p.Route, *contentType) {
		return false, false
	}
	run := s.decoding.Engine.Replay(p.Closure.Root(s.decoding.Engine.Code.Func(p.Closure.Name)), request)
	before := len(p.Changes)
	found := Served{within: p.within}
	possible := withoutUpgrade(run)
	for _, event := range run.Events {
		if event.Kind == flow.Changed {
			s.change(&found, run, event, possible)
		}
	}
	for _, c := range found.Changes {
		if !slices.ContainsFunc(p.Changes, func(known Change) bool { return known.Site == c.Site && known.Call == c.Call }) {
			p.Changes = append(p.Changes, c)
		}
	}
	if len(found.Changes) > 0 {
		p.decodings(run, contentType)
		if contentType != nil && s.decodesFor(p.Route) {
			p.decoding(Decoding{Site: p.Route.Site, Call: p.Route.Row.Symbol}, contentType)
		}
	}
	return run.Typed, len(p.Changes) > before
}

// decodings adds the places where a run decodes the body.
func (p *Post) decodings(run *flow.Run, contentType *string) {
	possible := withoutUpgrade(run)
	for _, event := range run.Events {
		if event.Kind != flow.Decoded || !run.ReachesLike(event, possible) {
			continue
		}
		p.decoding(Decoding{Site: event.Site, Calls: event.Calls, Call: event.Row.Symbol, Form: event.Key == "form"}, contentType)
	}
}

// decoding adds a place where a body of that type is decoded.
func (p *Post) decoding(d Decoding, contentType *string) {
	i := slices.IndexFunc(p.Decodings, func(known Decoding) bool { return known.Site == d.Site && known.Form == d.Form })
	if i < 0 {
		p.Decodings = append(p.Decodings, d)
		i = len(p.Decodings) - 1
	}
	if known := &p.Decodings[i]; contentType != nil && !slices.Contains(known.Types, *contentType) {
		known.Types = append(known.Types, *contentType)
	}
}

// refused reports whether what runs before a handler refuses the request.
func (s *search) refused(p *Post, request *flow.Request) bool {
	return slices.ContainsFunc(p.Route.Steps, func(step flow.Step) bool {
		return s.refuses(&step, request, &p.Lack) && !p.Lack.lets(&step, s.serving)
	})
}

func (s *search) refuses(step *flow.Step, request *flow.Request, lack *Lack) bool {
	if sent, given := request.Headers["content-type"]; given {
		if takes, asks := step.TakesType(sent); asks {
			return !takes
		}
	}
	switch {
	case s.decoding.Engine.Protects(step):
		return true
	case step.Configured != nil:
		return origin.RefusesStrangers(s.result.Flow, step.Configured)
	}
	return !s.passes(s.decoding.Engine, step, request, lack)
}
