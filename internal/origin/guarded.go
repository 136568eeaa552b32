package origin

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
	"github.com/soplint/soplint/internal/wsconfig"
)

// A closed root is one in which no attacker's origin came to an upgrade.
type closed struct {
	root     flow.Root
	literals map[string]bool // what the code compares with on the way
}

// settle drops the options whose upgrades are all behind a check, and gives others
// the settings under which alone those that are not have none before them.
func (s *search) settle() {
	s.noteGuarded()
	for _, socket := range s.result.Sockets {
		s.settleSwitches(socket)
	}
	s.result.Sockets = slices.DeleteFunc(s.result.Sockets, func(socket *Socket) bool {
		reached := false
		for _, u := range s.usesOf(socket) {
			socket.uses = append(socket.uses, u.site)
			reached = reached || u.reached
		}
		if socket.unbroken || socket.given == nil && !socket.factory {
			return false
		}
		return len(socket.uses) > 0 && !reached
	})
}

// settleSwitches takes over the settings that decide about every use of what is
// known to be that socket, where it was judged by itself.
func (s *search) settleSwitches(socket *Socket) {
	if !socket.byOption || !socket.Certain {
		return
	}
	var switches []flow.Decider
	for _, u := range s.usesOf(socket) {
		switch {
		case !u.reached:
		case !sameSite(u.given, socket.given) || len(u.switches) == 0:
			return
		case switches == nil:
			switches = u.switches
		}
	}
	socket.Certain, socket.Switches = switches == nil, append(socket.Switches, switches...)
}

// noteGuarded notes the uses of WebSocket libraries to which only origins come
// that the code names, or the server's own, or what no browser sends: a check in
// front of them ends the replays with others before there is anything to see.
func (s *search) noteGuarded() {
	if !slices.ContainsFunc(s.result.Sockets, func(socket *Socket) bool {
		return !socket.unbroken && (socket.given != nil || socket.factory)
	}) {
		return
	}
	for _, c := range s.closed {
		s.guarded(c.root, handshake("https://"+web.Host, web.Host))
		s.guarded(c.root, &flow.Request{Method: "GET", Host: web.Host, Program: true})
		for _, origin := range slices.Sorted(keys(c.literals)) {
			if web.IsOrigin(origin) {
				s.guarded(c.root, handshake(origin, web.Host))
			}
		}
	}
}

func (s *search) guarded(root flow.Root, request *flow.Request) {
	for _, event := range s.flow.Engine.Replay(root, request).Events {
		library := wsconfig.Lookup(eventLibrary(event))
		if library == nil || !s.flow.InPackage(event.Named) || s.isFactory(event.Row) {
			continue
		}
		s.use(useOf(event, readUpgrade(s.flow.Engine, event)))
	}
}

// eventLibrary returns the library by which an event opens a WebSocket, if it
// does.
func eventLibrary(event *flow.Event) string {
	if !opens(event) {
		return ""
	}
	return event.Row.Arg("library")
}

// replaced reports whether a predicate that is set gives way to another before
// the upgrade: none of those in the same replay has it.
func (s *search) replaced(run *flow.Run, option *flow.Event) bool {
	found := false
	for _, event := range run.Events {
		if !opens(event) || event.Row.Role == "ws.serve" || packageOf(event.Row.Symbol) != packageOf(option.Row.Symbol) {
			continue
		}
		given := readUpgrade(s.flow.Engine, event).sites["check"]
		if given == nil || *given == option.Named {
			return false
		}
		found = true
	}
	return found
}

// replacedElsewhere reports whether an upgrade has another predicate than the one
// that r read there, on another path.
func (s *search) replacedElsewhere(run *flow.Run, upgrade *flow.Event, r *socketReader) bool {
	given := r.sites["check"]
	return given != nil && slices.ContainsFunc(run.Events, func(event *flow.Event) bool {
		if event.Kind != upgrade.Kind || event.Row != upgrade.Row || event.Named != upgrade.Named {
			return false
		}
		other := readUpgrade(s.flow.Engine, event).sites["check"]
		return other != nil && *other != *given
	})
}

// holdsServer reports whether a closure captured a handler of a library that
// opens WebSockets.
func (s *search) holdsServer(c *flow.Closure) bool {
	return slices.ContainsFunc(c.Implementations(), func(dynamic string) bool {
		return slices.ContainsFunc(s.flow.Engine.Table.Rows(), func(row *model.Row) bool {
			return row.Role == "ws.serve" && strings.HasPrefix(row.Symbol, "("+dynamic+").")
		})
	})
}

// handshake is the request by which a page opens a WebSocket: a GET (RFC 6455,
// section 4.1) that browsers send without a Referer, and Chromium without
// Sec-Fetch-Site.
func handshake(origin, host string) *flow.Request {
	headers := map[string]string{"referer": "", "sec-fetch-site": ""}
	return &flow.Request{Method: "GET", Origin: origin, Host: host, Headers: headers}
}
