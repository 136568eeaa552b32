package survey

import (
	"fmt"
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/surface"
	"github.com/soplint/soplint/internal/web"
)

// access says who may read a route's answers, and who may open its WebSocket.
func (s *survey) access(r *surface.Route, served *routes.Served) {
	r.Read.Who = surface.SameOrigin
	steps := stepsOf(served.Route)
	for i := range steps {
		if steps[i].Configured != nil {
			s.answer(r, s.asker.AskConfigured(steps[i].Configured))
		} else {
			s.answer(r, s.asker.Ask(&steps[i].Closure, steps[:i]))
		}
	}
	if served.Closure != nil {
		s.answer(r, s.asker.Ask(served.Closure, steps))
	} else if served.Handler == unknownHandler && r.Read.Who == surface.SameOrigin {
		r.Read.Who = surface.Unknown
	}
}

// answer adds what the code of a handler or step says.
func (s *survey) answer(r *surface.Route, a *origin.Answer) {
	for _, d := range a.Decides {
		by := d.By
		if !d.Library {
			by = shortName(by)
		}
		if r.Read.Who == surface.SameOrigin {
			r.Read.Who, r.Read.By = surface.Named, by
		}
		if !r.Read.Who.Open() {
			r.Read.Origins = append(r.Read.Origins, d.Origins...)
		}
		r.Read.Evidence = append(r.Read.Evidence, surface.Evidence{Text: by + " decides who may read", Code: s.at(d.Site)})
	}
	for _, p := range a.Policies {
		if p.Answer.Refused == "" {
			s.letIn(&r.Read, &p.Write, p.Library, p.Answer.Credentials && p.Reflected)
		}
	}
	for _, w := range a.Writes {
		if !w.Preflight {
			s.letIn(&r.Read, w, shortName(w.Site.Func.Name), w.Credentials != origin.None && w.Reflected)
		}
	}
	s.socket(r, a)
	slices.Sort(r.Read.Origins)
	r.Read.Origins = slices.Compact(r.Read.Origins)
}

// included says whether any page may read the answers because they are scripts,
// which browsers let every page include, with the user's cookies.
func (s *survey) included(r *surface.Route, served *routes.Served) {
	for _, a := range s.scripts {
		private := a.Reads.Pos.IsValid()
		if a.Refuses || a.Variable && !private || !slices.Contains(a.Handlers, served.Handler) || !routes.TakesGET(served.Route.Methods) {
			continue
		}
		if r.Read.Who != surface.AnySite || private && !r.Read.Credentials {
			r.Read.Who, r.Read.By, r.Read.Credentials, r.Read.Origins = surface.AnySite, "JSONP", private, nil
			if a.Variable {
				r.Read.By = "a script with the data"
			}
		}
		r.Read.Evidence = append(r.Read.Evidence, surface.Evidence{Text: "the answer is a script, which any page can include", Code: s.position(a.Pos)})
	}
}

// letIn notes that an attacker may read.
func (s *survey) letIn(read *surface.Read, w *origin.Write, by string, credentials bool) {
	who := whoIs(w.Attacker)
	if !read.Who.Open() || who == surface.AnySite && read.Who == surface.Weak {
		read.Who, read.By, read.Credentials, read.Origins = who, by, false, nil
	}
	read.Credentials = read.Credentials || credentials
	if who == surface.Weak {
		read.Origins = append(read.Origins, w.Attacker.Origin)
	}
	read.Evidence = append(read.Evidence, surface.Evidence{Text: fmt.Sprintf("%s is let in", w.Attacker.Origin), Code: s.at(w.Site)})
	for _, check := range w.Checks {
		if who == surface.Weak {
			read.Evidence = append(read.Evidence, surface.Evidence{Text: fmt.Sprintf("%s accepts %s", check.Text, w.Attacker.Origin), Code: s.at(check.Site)})
		}
	}
	for _, d := range w.Switches {
		read.Evidence = append(read.Evidence, surface.Evidence{Text: d.Text + " decides", Code: s.at(d.Site)})
	}
}

func whoIs(a web.Attacker) surface.Who {
	if a.Foothold == web.AnySite || a.Foothold == web.Sandbox {
		return surface.AnySite
	}
	return surface.Weak
}

// socket says who may open the WebSocket that the code opens.
func (s *survey) socket(r *surface.Route, a *origin.Answer) {
	if r.Socket == nil && len(a.Upgrades) > 0 {
		r.Socket = &surface.Socket{Who: surface.Named, Library: a.Upgrades[0].Library}
		for _, u := range a.Upgrades {
			r.Socket.Evidence = append(r.Socket.Evidence, surface.Evidence{Text: "the WebSocket is opened here", Code: s.at(u.Site)})
		}
	}
	for _, socket := range a.Sockets {
		who, text := whoIs(socket.Attacker), socket.Attacker.Origin+" is let in"
		switch {
		case socket.Unset:
			who, text = surface.SameOrigin, "the library compares the Origin's host with the request's"
		case socket.Never != "":
			who, text = surface.Named, fmt.Sprintf("pattern %q never matches", socket.Pattern)
		}
		if r.Socket == nil {
			r.Socket = &surface.Socket{Who: who}
		}
		if who.Open() || r.Socket.Who == surface.Named {
			r.Socket.Who = who
		}
		r.Socket.Library = socket.Library.Name
		r.Socket.Evidence = append(r.Socket.Evidence, surface.Evidence{Text: text, Code: s.at(socket.Site)})
	}
}

// simple are the methods that a page can have a browser send without asking the
// server first (Fetch standard, CORS-safelisted method).
var simple = []string{"GET", "HEAD", "POST"}

// send says who can have a browser send requests that come to the handler.
func (s *survey) send(r *surface.Route, served *routes.Served) {
	r.Send.Who = surface.Preflighted
	for _, method := range simple {
		if !r.Takes(method) {
			continue
		}
		if by, at := s.stopped(served, method); by == "" {
			r.Send.Who = surface.AnySite
		} else {
			if r.Send.Who == surface.Preflighted {
				r.Send.Who = surface.SameOrigin
			}
			r.Send.Stopped = append(r.Send.Stopped, method+" by "+by)
			r.Send.Evidence = append(r.Send.Evidence, surface.Evidence{Text: by + " refuses " + method + " from other sites", Code: at})
		}
	}
}

// stopped returns what refuses a foreign request before it gets to a handler, ""
// if nothing does.
func (s *survey) stopped(served *routes.Served, method string) (by string, at surface.Place) {
	steps := stepsOf(served.Route)
	for i := range steps {
		step := &steps[i]
		if step.Configured != nil && method == "POST" && (step.Configured.Protects() || origin.RefusesStrangers(s.flow, step.Configured)) {
			return shortName(step.Configured.Row.Symbol), s.at(step.Configured.Named)
		}
		if step.Configured != nil {
			continue
		}
		if method == "POST" && s.protects(held(&step.Closure)) || !s.lets(step, method) {
			return shortName(step.Name), s.function(step.Name)
		}
	}
	if served.Closure == nil {
		return "", surface.Place{}
	}
	wrappers := around(served)
	if method == "POST" && s.protects(wrappers) || s.refuses(served, method) {
		by := append(wrappers, served.Handler)[0]
		return shortName(by), s.function(by)
	}
	return "", surface.Place{}
}

// refuses reports whether a handler, with what wraps it, changes something, but
// not on a foreign request. That a replay comes to no change is evidence only
// where another one does: of the wrapped handler by itself, or of a request
// without an Origin.
func (s *survey) refuses(served *routes.Served, method string) bool {
	foreign := &flow.Request{Method: method, Host: web.Host}
	if method == "POST" {
		foreign.Origin = attacker
	}
	reached, found := s.comesToChange(served.Closure, foreign)
	if reached || found {
		return !reached
	}
	for _, inner := range served.Closure.Held {
		if inner.Name == served.Handler {
			reached, _ = s.comesToChange(&inner, foreign)
			return reached
		}
	}
	if method == "POST" {
		reached, _ = s.comesToChange(served.Closure, &flow.Request{Method: method, Host: web.Host})
	}
	return reached
}

// comesToChange reports whether an attacker's request has a handler change
// something, and whether there is anything that it would change but for a guard.
func (s *survey) comesToChange(c *flow.Closure, request *flow.Request) (reached, found bool) {
	fn := s.changing.Engine.Code.Func(c.Name)
	if fn == nil {
		return false, false
	}
	run := s.changing.Engine.Replay(c.Root(fn), request)
	change := func(e *flow.Event) bool { return e.Kind == flow.Changed }
	return run.Exhausted || run.Reaches(change, flow.Strength{Regardless: true}), slices.ContainsFunc(run.Events, change)
}

// protects reports whether functions use a library against cross-site request
// forgery.
func (s *survey) protects(functions []string) bool {
	return slices.ContainsFunc(functions, func(name string) bool {
		return s.flow.Mentions(name, "csrf.wrap") || s.flow.Mentions(name, "csrf.check") || s.flow.Mentions(name, "csrf.make")
	})
}

// lets reports whether a foreign request with that method gets past a step.
func (s *survey) lets(step *flow.Step, method string) bool {
	key := step.Key() + " " + method
	passes, asked := s.passes[key]
	if !asked {
		request := &flow.Request{Method: method, Host: web.Host}
		if method == "POST" {
			request.Origin = attacker // a browser sends none with GET
		}
		passes = s.flow.Engine.Pass(step, request).Passes
		s.passes[key] = passes
	}
	return passes
}
