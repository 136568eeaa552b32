package origin

import (
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
	"github.com/soplint/soplint/internal/wsconfig"
)

// underOrigin returns the Origin that an upgrade is asked about for an attacker's.
// It is the one that the program has put in its place, if it has; but if the
// attacker's own would be let in, then that is not to blame.
func (s *search) underOrigin(r *socketReader, event *flow.Event, library *wsconfig.Library, attacker string) string {
	put := s.putBefore(event, attacker)
	if put == nil || r.lets(library, s.version(event.Row), attacker) {
		return attacker
	}
	r.overwritten = put
	return overwritten(put)
}

// putBefore returns what the program has put in place of the Origin before an
// upgrade, there or in what runs before.
func (s *search) putBefore(event *flow.Event, attacker string) *flow.Value {
	put := event.Origin
	for i := len(s.before) - 1; i >= 0 && put == nil; i-- {
		if step := &s.before[i]; step.Missing == nil {
			put = s.pass(step, s.handshake(attacker)).Origin
		}
	}
	return put
}

// overwritten is the Origin that the program has put there. One that is not known
// and does not depend on the request is taken for the server's own: it is put there
// to be let in. Nothing is let in under one that depends on the request in ways
// that are not known.
func overwritten(v *flow.Value) string {
	switch {
	case v.Kind == flow.Str, v.Kind == flow.Nil:
		return v.Text
	case v.Kind == flow.Unknown && v.Taint == 0:
		return "https://" + web.Host
	}
	return outside
}
