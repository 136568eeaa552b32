package origin

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// A use is a place that opens WebSockets.
type use struct {
	site    flow.Site
	library string
	given   *flow.Site // where its check was given, nil where that is not known
	made    string     // the handler that serves it
	reached bool       // an attacker gets there

	foothold web.Foothold   // the least that one needs
	switches []flow.Decider // the settings under which alone that one does
}

// use notes a use.
func (s *search) use(u use) {
	for i := range s.uses {
		old := &s.uses[i]
		if old.site == u.site && old.made == u.made && sameSite(old.given, u.given) {
			old.join(u)
			return
		}
	}
	s.uses = append(s.uses, u)
}

// join adds what is known of another way to the same use. One for which nothing has
// to be set says all.
func (u *use) join(other use) {
	switch {
	case !other.reached || u.reached && other.foothold > u.foothold:
	case !u.reached || other.foothold < u.foothold:
		u.reached, u.foothold, u.switches = true, other.foothold, other.switches
	case len(other.switches) == 0:
		u.switches = nil
	}
}

func sameSite(a, b *flow.Site) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// useOf returns the use that an upgrade event is, of what r read there.
func useOf(event *flow.Event, r *socketReader) use {
	u := use{site: event.Named, library: event.Row.Arg("library"), given: r.sites["check"]}
	if v := argument(event, event.Row.Arg("options")); event.Row.Role == "ws.serve" && v != nil {
		u.made, _, _ = strings.Cut(v.Text, "#")
	}
	return u
}

// usesOf returns the uses of what is known to be that socket, or, if there are
// none, of what may be.
func (s *search) usesOf(socket *Socket) []use {
	var known, possible []use
	for _, u := range s.uses {
		switch {
		case u.made != "" && s.made[u.made]:
			if slices.Contains(socket.made, u.made) {
				known = append(known, u)
			}
		case u.given != nil && socket.given != nil:
			if *u.given == *socket.given {
				known = append(known, u)
			}
		case u.given == nil && (socket.given != nil || socket.factory):
			if u.library == socket.Library.Name {
				possible = append(possible, u)
			}
		case u.site == socket.applied:
			known = append(known, u)
		}
	}
	if len(known) > 0 {
		return known
	}
	return possible
}
