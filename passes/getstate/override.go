package getstate

import (
	"fmt"
	"strings"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
)

// posted says when cookies go along with a form that another site has sent.
const posted = "cookies go along if they are SameSite=None or, in Firefox, name no SameSite; Basic authentication and client certificates do, too; " +
	"without the override, browsers ask the server before they send the method"

// overrides collects the routes that a form reaches under their method only
// because something changes the method of requests. There is one report for each
// place that does, with the first route.
type overrides struct {
	found *routes.Result
	first []*overridden
}

type overridden struct {
	at     flow.Site
	served *routes.Served
	change *routes.Change
	others int
}

func (o *overrides) add(s *routes.Served, c *routes.Change) {
	for _, known := range o.first {
		if known.at == *s.Overrides {
			known.others++
			return
		}
	}
	o.first = append(o.first, &overridden{at: *s.Overrides, served: s, change: c})
}

func (o *overrides) report(reporter *rule.Reporter) {
	for _, first := range o.first {
		served, change := first.served, first.change
		r := rule.Report{Rule: "override", Severity: finding.Warning, Condition: posted}
		r.Message = fmt.Sprintf("a form on any page can say %s here, so it reaches %s: %s",
			strings.Join(served.Route.Methods, ", "), served.Route.Pattern, change.Call)
		o.found.Locate(&r, served, change)
		if o.found.Flow.InPackage(first.at) {
			o.found.Flow.Relate(&r, served.Route.Site, "the route is registered here")
			r.Pos = first.at.Pos
		}
		if first.others > 0 {
			r.Message += fmt.Sprintf(", and %d more", first.others)
		}
		reporter.Report(r)
	}
}
