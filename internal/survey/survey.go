// Package survey puts together what the analyses know of each route that a
// package registers: the map of the server as other sites see it.
package survey

import (
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/script"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/surface"
	"github.com/soplint/soplint/internal/web"
)

// Analyzer surveys the routes that a package registers. The files in its result
// have the names that the file set gives them.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintsurvey",
	Doc:        "soplintsurvey: survey the routes for soplint map; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer, effect.Analyzer, flow.Analyzer, routes.Analyzer, script.Analyzer},
	ResultType: reflect.TypeFor[*surface.Map](),
}

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[routes.Analyzer].(*routes.Result)
	s := &survey{
		places:  newPlaces(pass, found.Flow),
		found:   found,
		scripts: pass.ResultOf[script.Analyzer].(*script.Result).Answers,
		flow:    found.Flow.Anew(),
		effects: pass.ResultOf[effect.Analyzer].(*effect.Result),
		asker:   origin.NewAsker(found.Flow),
		passes:  map[string]bool{},
	}
	s.changing = s.flow.About(flow.Changes)
	m := &surface.Map{Called: found.Called}
	for _, served := range found.Served {
		m.Routes = append(m.Routes, s.route(served))
	}
	for i := range found.Unresolved {
		u := &found.Unresolved[i]
		if u.Route != nil && u.Route.Open != "" {
			m.Routes = append(m.Routes, s.route(&routes.Served{Route: u.Route, Handler: unknownHandler}))
		}
		m.Unresolved = append(m.Unresolved, surface.Unresolved{Code: s.at(u.Site), Reason: u.Text()})
	}
	for _, r := range found.Registrars {
		m.Registrars = append(m.Registrars, surface.Registrar{Name: r.Name, Label: shortName(r.Name), Code: s.at(r.Site)})
	}
	return m, nil
}

// unknownHandler stands for what serves a route where that is not known.
const unknownHandler = "…"

type survey struct {
	*places
	found    *routes.Result
	scripts  []*script.Answer
	flow     *flow.Package
	changing *flow.Package
	effects  *effect.Result
	asker    *origin.Asker
	passes   map[string]bool // by step and method, whether a foreign request gets past it
}

func (s *survey) route(served *routes.Served) surface.Route {
	route := served.Route
	r := surface.Route{
		Methods:    s.methods(route),
		Pattern:    route.Pattern,
		Handler:    shortName(served.Handler),
		Package:    s.flow.Path,
		Registered: s.at(route.Site),
		Code:       s.function(served.Handler),
		Authority:  s.authority(served),
	}
	steps := stepsOf(route)
	for i := range steps {
		r.Middleware = append(r.Middleware, s.step(&steps[i]))
	}
	for _, name := range around(served) {
		r.Middleware = append(r.Middleware, surface.Step{Name: shortName(name), Code: s.function(name)})
	}
	s.access(&r, served)
	s.included(&r, served)
	s.send(&r, served)
	r.Changes = s.changes(served, r.Methods)
	return r
}

// methods returns the methods that come to a handler. Where the function that
// registers it brings HEAD with GET, HEAD is among them.
func (s *survey) methods(route *flow.Route) []string {
	if len(route.Methods) == 0 {
		return []string{surface.AnyMethod}
	}
	methods := slices.Clone(route.Methods)
	if slices.Contains(methods, "GET") && bringsHead(route.Row) {
		methods = append(methods, "HEAD")
	}
	slices.Sort(methods)
	return slices.Compact(methods)
}

// bringsHead reports whether a handler registered for GET answers HEAD as well:
// http.ServeMux documents it for its patterns, rows say it of others.
func bringsHead(row *model.Row) bool {
	return row != nil && (row.Arg("of") == "mux" || row.Arg("head") != "")
}

// stepsOf returns all that runs before a handler, outermost first.
func stepsOf(route *flow.Route) []flow.Step { return slices.Concat(route.Around, route.Steps) }

func (s *survey) step(step *flow.Step) surface.Step {
	if step.Configured != nil {
		return surface.Step{Name: shortName(step.Configured.Row.Symbol), Code: s.at(step.Configured.Named)}
	}
	return surface.Step{Name: shortName(step.Name), Code: s.function(step.Name)}
}

// shortName names a function as code of another package would.
func shortName(name string) string {
	name, _, _ = strings.Cut(name, "$bound")
	start, rest := "", name
	if strings.HasPrefix(name, "(") {
		star := strings.HasPrefix(name, "(*")
		rest = strings.TrimLeft(name, "(*")
		start = "("
		if star {
			start = "(*"
		}
	}
	return start + rest[strings.LastIndexByte(rest[:cutParen(rest)], '/')+1:]
}

func cutParen(name string) int {
	if i := strings.IndexByte(name, ')'); i >= 0 {
		return i
	}
	return len(name)
}

// attacker is the origin of a page that has nothing to do with the server.
const attacker = web.Any

// names returns the functions that a route's requests run through first: steps,
// the handler, and those that it wraps.
func names(served *routes.Served) []string {
	var list []string
	steps := stepsOf(served.Route)
	for i := range steps {
		if step := &steps[i]; step.Configured == nil {
			list = append(list, held(&step.Closure)...)
		}
	}
	if served.Closure == nil {
		return list
	}
	return append(list, held(served.Closure)...)
}

// around are the wrappers that hold a handler, outermost first.
func around(served *routes.Served) []string {
	if served.Closure == nil || served.Closure.Name == served.Handler {
		return nil
	}
	list := held(served.Closure)
	return list[:max(0, slices.Index(list, served.Handler))]
}

func held(c *flow.Closure) []string {
	list := []string{c.Name}
	for i := range c.Held {
		list = append(list, held(&c.Held[i])...)
	}
	return list
}

// authority says by what the code tells who sends a request.
func (s *survey) authority(served *routes.Served) []string {
	var kinds []string
	for _, kind := range s.found.Authorities(served) {
		kinds = append(kinds, authorities[kind])
	}
	for _, name := range names(served) {
		if slices.ContainsFunc(s.flow.Uses(name), func(used flow.Use) bool { return isToken(used.Header) }) {
			kinds = append(kinds, "token")
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// authorities are the words of the map for the kinds of the models.
var authorities = map[string]string{"cookies": "cookie", "basic": "basic", "certificates": "certificate"}

// isToken reports whether a header carries a credential that no browser adds by
// itself.
func isToken(header string) bool {
	header = strings.ToLower(header)
	return header == "authorization" || strings.Contains(header, "api-key") || strings.Contains(header, "token") && !strings.Contains(header, "csrf") && !strings.Contains(header, "xsrf")
}
