package flow

import (
	"slices"

	"github.com/soplint/soplint/internal/model"
)

// A mount is a route that a router serves.
type mount struct {
	at    *Route
	below bool // the router gets the pattern before its own
}

// mount records what a route is served by: routers, or what may turn out to be one.
func (m *machine) mount(row *model.Row, at *Route, handlers []*Value) {
	for _, v := range handlers {
		if v.Text != "" && v.Kind != Function && v.Kind != Str {
			m.mounts[v.Text] = append(m.mounts[v.Text], mount{at, row.Arg("mount") != ""})
		}
	}
}

// placeMounted puts what runs before a route, and where the route says so its pattern,
// before the routes of the routers that serve it. That waits until all are known: routers
// may be mounted before they have routes, and below others that are mounted later.
func (m *machine) placeMounted() {
	outer := map[*Route]Route{}
	for _, mounts := range m.mounts {
		for _, served := range mounts {
			outer[served.at] = *served.at
		}
	}
	for _, r := range m.registered {
		m.place(r, outer)
	}
}

// place does so for one route; outer has those that routers serve, as they were
// registered. Of several that one router serves, the one with the fewest steps counts.
func (m *machine) place(r *Route, outer map[*Route]Route) {
	for i := 0; i < len(r.routers); i++ { // with those that are added here
		mounts := m.mounts[r.routers[i]]
		if len(mounts) == 0 {
			continue
		}
		served := slices.MinFunc(mounts, func(a, b mount) int { return len(outer[a.at].Steps) - len(outer[b.at].Steps) })
		if served.at == r || slices.Contains(r.mounts, served.at) {
			continue
		}
		at := outer[served.at]
		r.mounts = append(r.mounts, served.at)
		r.Steps = slices.Concat(at.Steps, r.Steps)
		if served.below {
			r.Pattern = joinPattern(at.Pattern, r.Pattern)
		}
		for _, router := range at.routers {
			if !slices.Contains(r.routers, router) {
				r.routers = append(slices.Clip(r.routers), router)
			}
		}
	}
}
