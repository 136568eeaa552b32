package getstate

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
)

//go:embed doc.go
var doc string

// Analyzer reports handlers that GET reaches and that change state.
var Analyzer = &analysis.Analyzer{
	Name:       "getstate",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("getstate"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, routes.Analyzer},
	ResultType: rule.ResultType,
}

// navigated says what a navigation from another site carries of what the server
// asks for.
func navigated(asked []string) string {
	var carried []string
	for _, kind := range asked {
		carried = append(carried, carries[kind])
	}
	if len(carried) == 0 {
		carried = []string{"nothing that a browser would not send was seen to be asked for"}
	}
	return strings.Join(carried, "; ") + "; CSRF protection lets GET through"
}

var carries = map[string]string{
	"basic":        "the server asks for Basic authentication, which goes along from any site",
	"certificates": "the server asks for a client certificate, which goes along from any site",
	"cookies":      "the server asks for cookies, which go along with a navigation unless they are SameSite=Strict",
}

func run(pass *analysis.Pass) (any, error) {
	found := pass.ResultOf[routes.Analyzer].(*routes.Result)
	reporter := rule.NewReporter(pass)
	for _, u := range found.Unresolved {
		reporter.LeaveOpen(u.Site.Pos, u.Text())
	}
	seen := map[string]bool{}
	overridden := overrides{found: found}
	around := readWrappers(found.Served)
	for _, served := range found.Served {
		for _, part := range found.ByPath(served) {
			change := worst(part, around)
			if change == nil || showsForm(found, part) && !isDirect(change) {
				continue
			}
			if part.Overrides != nil {
				overridden.add(part, change)
				continue
			}
			report := judge(part, change)
			report.Condition = navigated(found.Authorities(part))
			found.Locate(&report, part, change)
			part.Lack.And(change.Lack).Settle(found.Flow, &report)
			if report.Severity > finding.Note {
				report.Fix = toPost(pass, found, part, change)
			}
			key := fmt.Sprint(report.Pos, report.Message)
			if !seen[key] {
				seen[key] = true
				reporter.Report(report)
			}
		}
	}
	overridden.report(reporter)
	return reporter.Result(), nil
}

// worst returns the change to report of a handler, nil if it is fine. What is
// bookkeeping never is, and what is neither destructive nor what the handler is
// named for counts as bookkeeping, as does what wrappers do.
func worst(s *routes.Served, around wrappers) *routes.Change {
	var best *routes.Change
	for i := range s.Changes {
		c := &s.Changes[i]
		if !isMeant(s, c) || c.Minor != "" && !isLogout(s) || around.has(s, c) {
			continue
		}
		if best == nil || weight(c) > weight(best) {
			best = c
		}
	}
	return best
}

// weight orders changes by how well they show what a handler does: those that no
// setting decides about first, then destructive ones, then what outlasts the process, then what is near.
func weight(c *routes.Change) int {
	weight := -len(c.Path)
	if c.Strong {
		weight += 100
	}
	if c.Kind != effect.Memory {
		weight += 50
	}
	if len(c.Lack) == 0 {
		weight += 1000
	}
	return weight
}

// isMeant reports whether a change is what the request is for: what the names of
// the handler and of the path say, or something destructive that the handler
// itself does with what the request gives it. What serves every path does many
// things, so of those only what the request decides about counts.
func isMeant(s *routes.Served, c *routes.Change) bool {
	if s.Overrides != nil {
		return true // the method says so
	}
	names := append(namesOf(s), partsOf(s, c)...)
	if onlyShows(names, c.Strong || c.Given) || anyOf(words(s.Route.Pattern), measuring) || s.Route.Pattern == "" && !c.Given && !c.Strong {
		return false
	}
	return isDirect(c) || anyOf(names, verbs) || anyOf(names, leaving)
}

// isDirect reports whether a change is something destructive that the handler itself
// does with what the request gives it.
func isDirect(c *routes.Change) bool { return c.Strong && c.Given && len(c.Path) == 0 }

// showsForm reports whether a route for GET alone stands beside one for POST under the
// same pattern that another handler serves: it shows the form whose name it has, and
// what is sent goes there.
func showsForm(found *routes.Result, s *routes.Served) bool {
	return slices.Equal(s.Route.Methods, []string{"GET"}) && slices.ContainsFunc(found.Served, func(other *routes.Served) bool {
		return other.Route.Pattern == s.Route.Pattern && other.Route.Beside(s.Route) && slices.Contains(other.Route.Methods, "POST") && other.Handler != s.Handler
	})
}

// isLogout reports whether a handler ends a session, which is not bookkeeping then.
func isLogout(s *routes.Served) bool { return anyOf(namesOf(s), leaving) }

// partsOf returns the words that say what the part of a handler is for that a change
// is in.
func partsOf(s *routes.Served, c *routes.Change) []string {
	var names []string
	for _, part := range s.Parts(c) {
		if list := words(part); anyOf(list, handling) {
			names = append(names, list...)
		}
	}
	return names
}

// namesOf returns the words that say what a route is for.
func namesOf(s *routes.Served) []string {
	path := words(lastSegment(s.Route.Pattern))
	return append(path, withoutMethod(words(s.Name()), path)...)
}

func judge(s *routes.Served, c *routes.Change) rule.Report {
	r := rule.Report{Rule: "route", Severity: finding.Error}
	method := "GET"
	if len(s.Route.Methods) == 0 {
		r.Rule, method = "anymethod", "any method, GET too,"
	}
	r.Message = fmt.Sprintf("%s %s changes state: %s", method, s.Route.Pattern, strings.Join(append(short(c.Path), c.Call), " → "))
	if !c.Strong && (c.Kind == effect.Memory || c.Kind == effect.Mail) {
		r.Severity = finding.Warning // gone with the process, or a nuisance
	}
	if s.Route.Pattern == "" {
		r.Message = fmt.Sprintf("%s reaches %s, which changes state: %s", method, cmp.Or(s.Name(), "the handler"), c.Call)
	}
	if isLogout(s) {
		r.Rule, r.Severity = "logout", finding.Note
		r.Message = fmt.Sprintf("%s %s logs the user out, so any site can", method, s.Route.Pattern)
	}
	return r
}

// short leaves out all but the last of the functions on the way.
func short(path []string) []string { return path[max(0, len(path)-1):] }
