package origin

import (
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// judge records the writes that let the attacker in.
func (s *search) judge(root flow.Root, run *flow.Run, attacker web.Attacker) {
	seen := map[flow.Site]bool{}
	for _, e := range run.Events {
		if e.Kind != flow.HeaderWrite || e.Key != AllowOrigin || seen[e.Named] || !letsIn(e.Value, attacker) {
			continue
		}
		seen[e.Named] = true
		here := func(other *flow.Event) bool { return other.Named == e.Named && letsIn(other.Value, attacker) }
		if !run.Reaches(here, flow.Possible) {
			continue
		}
		w := &Write{
			Site:        e.Named,
			handed:      s.handed,
			Calls:       e.Calls,
			Read:        e.Value.Read,
			Attacker:    attacker,
			Value:       e.Value.Text,
			Reflected:   e.Value.Taint&flow.Sent != 0,
			Credentials: credentials(run, here, attacker),
			Preflight:   e.Value.Taint&flow.Sent != 0 && s.onlyPreflight(root, attacker, e.Named),
			Checks:      run.Checks,
			Certain:     len(s.around) == 0 && run.Reaches(here, flow.Certain),
			Switches:    append(slices.Clone(s.around), run.Deciders(here)...),
		}
		if s.ours(e) || s.opens(w) {
			s.record(w)
		}
	}
}

// onlyPreflight reports whether the write is left out of the answers to the
// requests themselves, so that it is in answers to preflights at most.
func (s *search) onlyPreflight(root flow.Root, attacker web.Attacker, site flow.Site) bool {
	for _, method := range []string{"GET", "POST"} {
		run := s.flow.Engine.Replay(root, &flow.Request{Method: method, Origin: attacker.Origin, Host: web.Host})
		answers := func(e *flow.Event) bool { return e.Kind == flow.HeaderWrite && e.Named == site }
		if run.Exhausted || run.Reaches(answers, flow.Strength{Regardless: true}) {
			return false
		}
	}
	return true
}

// ours reports whether a write is this package's affair: it stands here, or
// writes what was read here.
func (s *search) ours(e *flow.Event) bool {
	return s.asked != nil || s.flow.InPackage(e.Named) || e.Value.Read != nil && s.flow.InPackage(*e.Value.Read)
}

// letsIn reports whether a value of Access-Control-Allow-Origin lets the
// attacker's page read the response.
func letsIn(v *flow.Value, attacker web.Attacker) bool {
	return v != nil && v.Kind == flow.Str && (v.Text == attacker.Origin || v.Text == "*")
}

// credentials says whether a response with that write also allows credentials,
// as it is when the handler returns.
func credentials(run *flow.Run, here func(*flow.Event) bool, attacker web.Attacker) Credentials {
	returns := slices.ContainsFunc(run.Events, func(e *flow.Event) bool { return e.Kind == flow.Returned })
	both := func(e *flow.Event) bool {
		if returns && e.Kind != flow.Returned {
			return false
		}
		allow := e.Response[AllowCredentials]
		return allow != nil && allow.Kind == flow.Str && allow.Text == "true" && letsIn(e.Response[AllowOrigin], attacker)
	}
	switch {
	case !run.Reaches(both, flow.Possible):
		return None
	case run.Reaches(both, flow.Certain) || !run.Reaches(here, flow.Certain):
		return Always
	}
	return Switched
}

// record keeps the worst of what is found for one place, and for one way to it
// from here if it is in another package: who is let in most easily, then with
// credentials, then for certain.
func (s *search) record(w *Write) {
	place := [2]flow.Site{w.Site, w.at(s.flow)}
	old := s.found[place]
	if old == nil {
		s.found[place] = w
		s.result.Writes = append(s.result.Writes, w)
		return
	}
	if w.worse(old) {
		*old = *w
	}
}

func (w *Write) worse(old *Write) bool {
	switch {
	case w.Reflected != old.Reflected:
		return w.Reflected
	case w.Credentials != old.Credentials:
		return w.Credentials > old.Credentials
	case w.Certain != old.Certain:
		return w.Certain
	}
	return w.Attacker.Foothold < old.Attacker.Foothold
}
