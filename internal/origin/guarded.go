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

// noteGuarded notes the uses of WebSocket libraries to which only origins come
// that the code names, or the server's own: a check in front of them ends the
// replays with others before there is anything to see.
func (s *search) noteGuarded() {
	unused := func(socket *Socket) bool {
		return !socket.unbroken && (socket.given != nil || socket.factory) &&
			!slices.ContainsFunc(s.uses, func(u use) bool { return s.isOf(u, socket) })
	}
	if !slices.ContainsFunc(s.result.Sockets, unused) {
		return
	}
	for _, c := range s.closed {
		s.guarded(c.root, "https://"+web.Host)
		for _, origin := range slices.Sorted(keys(c.literals)) {
			if web.IsOrigin(origin) {
				s.guarded(c.root, origin)
			}
		}
	}
}

func (s *search) guarded(root flow.Root, origin string) {
	for _, event := range s.replay(root, origin).Events {
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

// holdsServer reports whether a closure captured a handler of a library that
// opens WebSockets.
func (s *search) holdsServer(c *flow.Closure) bool {
	return slices.ContainsFunc(c.Implementations(), func(dynamic string) bool {
		return slices.ContainsFunc(s.flow.Engine.Table.Rows(), func(row *model.Row) bool {
			return row.Role == "ws.serve" && strings.HasPrefix(row.Symbol, "("+dynamic+").")
		})
	})
}

// useOf returns the use that an upgrade event is, of what r read there.
func useOf(event *flow.Event, r *socketReader) use {
	u := use{site: event.Named, library: event.Row.Arg("library"), given: r.sites["check"]}
	if v := argument(event, event.Row.Arg("options")); event.Row.Role == "ws.serve" && v != nil {
		u.made, _, _ = strings.Cut(v.Text, "#")
	}
	return u
}

// isOf reports whether what is used may be that socket.
func (s *search) isOf(u use, socket *Socket) bool {
	switch {
	case s.made[u.made]:
		return slices.Contains(socket.made, u.made)
	case u.given != nil && socket.given != nil:
		return *u.given == *socket.given
	case u.given == nil && (socket.given != nil || socket.factory):
		return u.library == socket.Library.Name
	}
	return u.site == socket.applied
}
