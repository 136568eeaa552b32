package origin

import (
	"path/filepath"
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/web"
)

// A Visit is a place in another package, and whether a request of an attacker
// gets there from this one.
type Visit struct {
	Site    flow.Site
	Reached bool
}

// visitWrites notes the writes in other packages that a replay came by.
func (s *search) visitWrites(run *flow.Run, attacker web.Attacker, stopped bool) {
	for _, e := range run.Events {
		if e.Kind != flow.HeaderWrite || e.Key != AllowOrigin || s.ours(e) {
			continue
		}
		letIn := func(other *flow.Event) bool { return samePlace(e, other) && letsIn(other.Value, attacker) }
		s.result.Written = visited(s.result.Written, e.Named, run.Exhausted || !stopped && run.Reaches(letIn, flow.Possible))
	}
}

// visitUpgrades notes the upgrades in other packages that a replay came by.
func (s *search) visitUpgrades(run *flow.Run, stopped bool) {
	for _, e := range run.Events {
		if !opens(e) || s.flow.InPackage(e.Named) {
			continue
		}
		here := func(other *flow.Event) bool { return samePlace(e, other) }
		reached := run.Exhausted || !stopped && run.Reaches(here, flow.Strength{Regardless: true})
		s.result.Opened = visited(s.result.Opened, e.Named, reached)
	}
}

func samePlace(a, b *flow.Event) bool { return a.Kind == b.Kind && a.Named == b.Named }

// friend notes the places in other packages that an origin gets to which the code
// names, and perhaps nobody else.
func (s *search) friend(root flow.Root, origin string) {
	if web.IsOrigin(origin) {
		run := s.replay(root, origin)
		s.visitWrites(run, web.Attacker{Origin: origin}, true)
		s.visitUpgrades(run, true)
	}
}

// visited adds a visit to those of the same place.
func visited(visits []Visit, site flow.Site, reached bool) []Visit {
	at := slices.IndexFunc(visits, func(v Visit) bool { return v.Site == site })
	if at < 0 {
		return append(visits, Visit{site, reached})
	}
	visits[at].Reached = visits[at].Reached || reached
	return visits
}

// ReportVisits tells the reporter of the places in other packages.
func (r *Result) ReportVisits(reporter *rule.Reporter, visits []Visit) {
	for _, v := range visits {
		if at, ok := r.Flow.Position(v.Site); ok && at.Line > 0 {
			reporter.Visit(rule.Visit{Package: v.Site.Func.Program().Path, File: filepath.Base(at.File), Line: at.Line, Reached: v.Reached})
		}
	}
}

// through gives a report the places that requests come through to what it is
// about, if all of them are in this package.
func (r *Result) through(report *rule.Report, sites []flow.Site) {
	if slices.ContainsFunc(sites, func(site flow.Site) bool { return !r.Flow.InPackage(site) }) {
		return
	}
	for _, site := range sites {
		report.Through = append(report.Through, site.Pos)
	}
}
