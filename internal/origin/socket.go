package origin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
	"github.com/soplint/soplint/internal/wsconfig"
)

// A Socket is a place that lets an attacker's page open a WebSocket.
type Socket struct {
	Write    // where it stands, whom it lets in
	Library  *wsconfig.Library
	Package  string  // the import path of what opens it or configures it
	Copy     bool    // that package is a fork or copy, which no row names
	title    string  // what reports call the library, "" for the library's own
	Cause    string  // the part of the configuration that does it: check, patterns, insecure, or "" for the library's default
	Pattern  string  // the pattern that does it, or that never matches
	Never    string  // why the pattern never matches, where that is the report
	Unset    bool    // the library's own same-host check is relied on
	Altered  bool    // the program has overwritten the Origin of the request
	Removed  bool    // it has removed it, which is to blame
	Replaced bool    // it has put another one in its place, which is to blame
	Cookie   *string // the name, if that is known, of the cookie that the check asks for, and that is all it asks for
	applied  flow.Site
	given    *flow.Site
	uses     []flow.Site // where it is opened
	byOption bool        // where the option is set was judged, not where it is in force
	replaced bool        // on other paths to the upgrade the option has another value there
	factory  bool        // what is applied makes a handler, which is served elsewhere
	made     []string    // the handlers that it makes
	unbroken bool        // no guard refused the attacker before the upgrade
}

// Called returns what reports call the library: the fork that is really used.
func (socket *Socket) Called() string { return cmp.Or(socket.title, socket.Library.Called()) }

// IsSet reports whether the program itself sets the part that lets the attacker
// in.
func (socket *Socket) IsSet() bool { return socket.given != nil }

// newSocket returns one of the library that an upgrade or preset row names.
func (s *search) newSocket(row *model.Row, applied flow.Site) *Socket {
	path := packageOf(row.Symbol)
	socket := &Socket{Library: wsconfig.Lookup(row.Arg("library")), Package: path, title: row.Arg("title"), applied: applied}
	if copies := s.flow.Engine.Table.Copies(path); len(copies) == 1 && !s.flow.Imports(path) {
		socket.Package, socket.title, socket.Copy = copies[0], copies[0], true
	}
	socket.Site = applied
	return socket
}

// shake is the replay of an attacker's handshake from a root, which is that of a
// request in general unless the code looks at what only others have.
func (s *search) shake(root flow.Root, run *flow.Run, attacker web.Attacker) *flow.Run {
	if !run.Hinted {
		return run
	}
	return s.flow.Engine.Replay(root, s.handshake(attacker.Origin))
}

// sockets judges the upgrades that a replay came by, unless what runs before has
// stopped the request, and the options that it set. It returns constants that the
// Origin is compared with.
func (s *search) sockets(root flow.Root, run *flow.Run, attacker web.Attacker) []string {
	if !slices.ContainsFunc(run.Events, func(e *flow.Event) bool { return opens(e) || e.Kind == flow.FieldSet }) {
		return nil
	}
	stopped, lacks, literals := s.stopped(s.handshake(attacker.Origin))
	s.visitUpgrades(run, stopped)
	s.under(lacks, func() {
		for _, event := range run.Events {
			elsewhere := s.asked == nil && !s.flow.InPackage(event.Named)
			switch {
			case opens(event) && elsewhere:
				literals = append(literals, s.upgradeElsewhere(run, event, attacker, stopped)...)
			case elsewhere:
			case opens(event):
				literals = append(literals, s.upgrade(root, run, event, attacker, stopped)...)
			case event.Kind == flow.FieldSet && event.Row.Role == "ws.field" && attacker.Origin == web.Any && !s.replaced(run, event):
				s.option(run, event)
			}
		}
	})
	return literals
}

// opens reports whether an event is that a WebSocket is opened.
func opens(e *flow.Event) bool {
	return e.Kind == flow.Configured && (e.Row.Role == "ws.upgrade" || e.Row.Role == "ws.serve")
}

// upgrade judges one upgrade under one attacker's origin.
func (s *search) upgrade(root flow.Root, run *flow.Run, event *flow.Event, attacker web.Attacker, stopped bool) []string {
	library := wsconfig.Lookup(event.Row.Arg("library"))
	if library == nil {
		return nil
	}
	r := readUpgrade(s.flow.Engine, event.AsSent())
	origin := s.underOrigin(r, event, library, attacker.Origin)
	here := func(e *flow.Event) bool { return e.Same(event) }
	reached := !stopped && run.Reaches(here, flow.Strength{Regardless: true})
	if reached && event.Row.Arg("request") != "" {
		run := s.flow.Engine.Replay(root, s.handshake(attacker.Origin))
		reached = run.Exhausted || run.Reaches(func(e *flow.Event) bool {
			return e.Kind == event.Kind && e.Named == event.Named && e.SameOrigin(event)
		}, flow.Strength{Regardless: true})
	}
	version := s.version(event.Row)
	factory := s.isFactory(event.Row)
	s.made[event.Made] = s.made[event.Made] || factory
	if !factory {
		passes := reached && (!r.known || event.Row.Role == "ws.serve" || r.lets(library, version, origin))
		u := useOf(event, r)
		if u.reached = passes; passes {
			u.foothold, u.switches = attacker.Foothold, s.switches(run, event)
		}
		s.use(u)
	}
	if !reached || event.Row.Role == "ws.serve" || s.checksBehind(event) {
		return nil
	}
	if r.lets(library, version, origin) && !s.trustsAll(r, library, version, attacker) {
		s.open(r, run, event, attacker, factory)
	} else if attacker.Origin == web.Any {
		s.lesser(r, event, library, version)
	}
	return append(r.patternLiterals(), slices.Collect(keys(r.literals))...)
}

// upgradeElsewhere judges an upgrade in another package by the check that it is
// given from here.
func (s *search) upgradeElsewhere(run *flow.Run, event *flow.Event, attacker web.Attacker, stopped bool) []string {
	library := wsconfig.Lookup(event.Row.Arg("library"))
	here := func(e *flow.Event) bool { return e.Same(event) }
	if library == nil || stopped || event.Row.Role == "ws.serve" || s.checksBehind(event) || !run.Reaches(here, flow.Strength{Regardless: true}) {
		return nil
	}
	r := readUpgrade(s.flow.Engine, event)
	version := s.version(event.Row)
	if r.lets(library, version, attacker.Origin) && !s.trustsAll(r, library, version, attacker) {
		s.open(r, run, event, attacker, false)
	}
	return append(r.patternLiterals(), slices.Collect(keys(r.literals))...)
}

func keys(set map[string]bool) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range set {
			if !yield(k) {
				return
			}
		}
	}
}

// patternLiterals returns the patterns, for the attackers that they suggest.
func (r *socketReader) patternLiterals() []string { return r.config.Patterns }

// trustsAll reports whether what lets a sibling in means to trust every host
// below the domain.
func (s *search) trustsAll(r *socketReader, library *wsconfig.Library, version string, attacker web.Attacker) bool {
	accepted := r.accepted
	defer func() { r.accepted = accepted }()
	return attacker.Control != "" && r.lets(library, version, attacker.Control)
}

// checksBehind reports whether what runs behind an opened connection looks at
// the Origin itself.
func (s *search) checksBehind(event *flow.Event) bool {
	for _, v := range event.Args {
		if v.Kind == flow.Function && (s.flow.Mentions(v.Text, "ws.origin") || s.flow.Names(v.Text, "Origin")) {
			return true
		}
	}
	return false
}

// open records an upgrade that the attacker gets.
func (s *search) open(r *socketReader, run *flow.Run, event *flow.Event, attacker web.Attacker, factory bool) {
	socket := s.newSocket(event.Row, event.Named)
	socket.unbroken, socket.factory = !factory, factory
	socket.Altered = s.putBefore(event, attacker.Origin) != nil
	socket.Removed = r.overwritten != nil && r.overwritten.Kind == flow.Nil
	socket.Replaced = r.overwritten != nil && !socket.Removed
	socket.replaced = s.replacedElsewhere(run, event, r)
	if factory {
		socket.made = []string{event.Made}
	}
	socket.Calls, socket.Attacker, socket.handed = event.Calls, attacker, s.handed
	socket.Switches = s.switches(run, event)
	socket.Certain = len(socket.Switches) == 0
	socket.Checks = run.Checks
	s.blame(socket, r)
	if s.asked != nil || s.flow.InPackage(event.Named) || s.opensFurther(socket) {
		s.keepSocket(socket)
	}
}

// switches returns the settings under which alone an upgrade is what it is. What
// merely decides whether there is such an endpoint does not make it safer.
func (s *search) switches(run *flow.Run, event *flow.Event) []flow.Decider {
	here := func(e *flow.Event) bool { return e.Same(event) }
	anywhere := func(e *flow.Event) bool { return samePlace(e, event) }
	return append(slices.Clone(s.around), s.settings(conditions(run, anywhere, here))...)
}

// blame finds the part of the configuration that lets the attacker in.
func (s *search) blame(socket *Socket, r *socketReader) {
	switch {
	case r.config.Insecure:
		socket.Cause = "insecure"
	case r.config.CheckSet || r.config.Upgrader != nil && r.config.Upgrader.Config.CheckSet:
		socket.Cause = "check"
	case len(r.config.Patterns) > 0:
		socket.Cause = "patterns"
		socket.Pattern = r.blamedPattern(socket.Library, socket.Attacker.Origin)
	}
	r.accepted.apply(&socket.Write)
	if name, needs := r.accepted.needsCookie(); needs && socket.Cause == "check" && socket.Attacker.Foothold == web.AnySite {
		socket.Cookie = &name
	}
	switch site := r.sites[socket.Cause]; {
	case site != nil:
		socket.Site, socket.given = *site, site
	case r.made != nil:
		socket.Site = *r.made
	}
}

func (r *socketReader) blamedPattern(library *wsconfig.Library, origin string) string {
	for _, pattern := range r.config.Patterns {
		alone := r.config
		alone.Patterns = []string{pattern}
		if library.Accepts("", alone, origin, web.Host) {
			return pattern
		}
	}
	return ""
}

// lesser records what is worth saying of an upgrade that does check: patterns
// that never match, and a check that is left to the library.
func (s *search) lesser(r *socketReader, event *flow.Event, library *wsconfig.Library, version string) {
	if !r.known {
		return
	}
	for _, pattern := range r.config.Patterns {
		reason, never := library.NeverMatches(version, r.config, pattern)
		if !never || pattern == outside {
			continue
		}
		socket := s.newSocket(event.Row, event.Named)
		socket.Pattern, socket.Never, socket.Cause = pattern, reason, "patterns"
		if site := r.sites["patterns"]; site != nil {
			socket.Site = *site
		}
		s.keepSocket(socket)
		return
	}
	own := rowOfField(s.flow.Engine.Table, "ws.field", event.Row, library.Fix)
	if library.Default == wsconfig.SameHost && library.Fix == "CheckOrigin" && !r.config.CheckSet && r.config.Upgrader == nil &&
		own != nil && packageOf(own.Symbol) == packageOf(event.Row.Symbol) {
		socket := s.newSocket(event.Row, event.Named)
		socket.Unset = true
		s.keepSocket(socket)
	}
}

// option judges an option by itself, where it is set: the upgrade may be in
// code that is not followed from there.
func (s *search) option(run *flow.Run, event *flow.Event) {
	of := s.upgradeOf(event.Row)
	if of == nil || event.Row.Arg("is") != "check" && packageOf(event.Row.Symbol) == s.flow.Path {
		return // a library's own defaults are judged where it upgrades
	}
	here := func(e *flow.Event) bool { return e.Same(event) }
	if !run.Reaches(here, flow.Possible) {
		return
	}
	library := wsconfig.Lookup(of.Arg("library"))
	r := newSocketReader(s.flow.Engine, event.AsSent())
	r.part(event.Row, event.Value)
	r.lets(library, "", web.Any) // for the constants of a predicate
	literals := append(r.patternLiterals(), slices.Sorted(keys(r.literals))...)
	for _, attacker := range web.Attackers(literals) {
		if !r.lets(library, "", attacker.Origin) || s.trustsAll(r, library, "", attacker) {
			continue
		}
		socket := s.newSocket(of, event.Named)
		socket.given, socket.Attacker, socket.byOption = &event.Named, attacker, true
		socket.Switches = append(slices.Clone(s.around), s.settings(run.Deciders(here))...)
		socket.Certain = len(s.around) == 0 && run.Reaches(here, flow.Certain)
		s.blame(socket, r)
		if socket.Cause != "" {
			s.keepSocket(socket)
		}
		return
	}
}

// settings leaves out the conditions that ask whether the options themselves are
// there yet: what makes them at their first use is no switch.
func (s *search) settings(deciders []flow.Decider) []flow.Decider {
	return slices.DeleteFunc(deciders, func(d flow.Decider) bool {
		return d.Nil != "" && slices.ContainsFunc(s.flow.Engine.Table.Rows(), func(row *model.Row) bool {
			return row.Role == "ws.field" && strings.HasPrefix(row.Symbol, d.Nil+".")
		})
	})
}

// isFactory reports whether a row's function makes a handler, so that the
// connection opens where that is served.
func (s *search) isFactory(row *model.Row) bool {
	if row.Role != "ws.upgrade" || row.Arg("request") != "" {
		return false
	}
	return slices.ContainsFunc(s.flow.Engine.Table.Rows(), func(other *model.Row) bool {
		return other.Role == "ws.serve" && other.Arg("library") == row.Arg("library")
	})
}

// upgradeOf returns a row that names the library that an option belongs to.
func (s *search) upgradeOf(field *model.Row) *model.Row {
	typeName := field.Symbol[:strings.LastIndexByte(field.Symbol, '.')]
	for _, row := range s.flow.Engine.Table.Lookup(typeName) {
		if row.Role == "ws.upgrade" && wsconfig.Lookup(row.Arg("library")) != nil {
			return row
		}
	}
	for _, row := range s.flow.Engine.Table.Rows() {
		if (row.Role == "ws.upgrade" || row.Role == "ws.preset") && packageOf(row.Symbol) == packageOf(field.Symbol) &&
			wsconfig.Lookup(row.Arg("library")) != nil {
			return row
		}
	}
	return nil
}

// keepSocket keeps the worst of what is found for one place.
func (s *search) keepSocket(socket *Socket) {
	for i, old := range s.result.Sockets {
		if old.at(s.flow) == socket.at(s.flow) && (old.Site == socket.Site || !s.flow.InPackage(socket.Site)) {
			socket.made = append(socket.made, old.made...)
			old.made = socket.made
			if socket.worseThan(old) {
				socket.unbroken = socket.unbroken || old.unbroken
				s.result.Sockets[i] = socket
			}
			old.unbroken = old.unbroken || socket.unbroken
			return
		}
	}
	s.result.Sockets = append(s.result.Sockets, socket)
}

func (socket *Socket) worseThan(old *Socket) bool {
	rank := func(x *Socket) int {
		switch {
		case x.Unset:
			return 0
		case x.Never != "":
			return 1
		}
		return 10 - int(x.Attacker.Foothold)
	}
	if rank(socket) != rank(old) {
		return rank(socket) > rank(old)
	}
	if socket.byOption && old.replaced || old.byOption && socket.replaced {
		return socket.replaced
	}
	return socket.Certain && !old.Certain
}
