package csrfprotection

import (
	"fmt"
	"go/token"
	"go/version"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/ambient"
	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/web"
)

// missing reports a server whose handlers change something for users whom the
// browser names by itself, where nothing asks which page a request is from: not at
// all, or not before those handlers, while the protection stands before others.
func missing(pass *analysis.Pass, reporter *rule.Reporter, wraps []token.Pos) {
	posts := pass.ResultOf[routes.Posting].(*routes.Posts)
	found := posts.Routes
	authority := pass.ResultOf[ambient.Analyzer].(*ambient.Authority)
	condition := authority.Forms()
	if len(found.Servers) == 0 || condition == "" || len(wraps) > 0 && !protectsOthers(posts, wraps) {
		return
	}
	posted := posts.Posted
	if len(wraps) == 0 {
		posted = slices.Concat(posted, posts.Below())
	}
	by := counts
	if authority.None() {
		by = operates
		posted = slices.DeleteFunc(slices.Clone(posted), func(post *routes.Post) bool { return len(found.Authorities(post.Served)) > 0 })
	}
	changing := changedByForms(posted, by)
	if len(changing) == 0 {
		return
	}
	server := mainServer(found.Servers)
	r := report("missing", finding.Warning, condition, "nothing stops forms of other sites from changing state at %s", listed(changing))
	r.Pos = server.Pos
	for _, at := range wraps {
		r.Related = append(r.Related, analysis.RelatedInformation{Pos: at, Message: "this protects others of its routes"})
	}
	relate(&r, posts, changing)
	if version.Compare(pass.Pkg.GoVersion(), "go1.25") >= 0 {
		r.Fix = mend.Handler(pass, server.Pos, "{http}.NewCrossOriginProtection().Handler({argument})", "Refuse requests of other sites")
	}
	reporter.Report(r)
}

// relate shows the routes that a report is about.
func relate(r *rule.Report, posts *routes.Posts, changing []changing) {
	for _, c := range changing {
		posts.Flow.Relate(r, c.served.Route.Site, c.name+" changes state: "+c.change.Call)
		if handler := posts.Flow.SiteOf(c.served.Handler); handler.Func != nil {
			posts.Flow.Relate(r, handler, "it is answered here")
		}
	}
}

// protectsOthers reports whether all of the protection that a package makes is seen
// to stand before routes of its one server: then the others have none.
func protectsOthers(posts *routes.Posts, wraps []token.Pos) bool {
	seen := map[token.Pos]bool{}
	for _, served := range posts.Routes.Served {
		for _, at := range posts.ProtectedBy(served) {
			seen[at.Pos] = seen[at.Pos] || posts.Flow.InPackage(at)
		}
	}
	several := slices.DeleteFunc(slices.Clone(posts.Routes.Servers), func(s routes.Server) bool { return s.Single })
	return len(several) == 1 && !slices.ContainsFunc(wraps, func(at token.Pos) bool { return !seen[at] })
}

// mainServer is the server that is likely to have the program's routes: one whose
// handler is a single function rather redirects, or answers a challenge.
func mainServer(servers []routes.Server) routes.Server {
	if i := slices.IndexFunc(servers, func(s routes.Server) bool { return !s.Single }); i >= 0 {
		return servers[i]
	}
	return servers[0]
}

// A changing is a route by which a form changes something.
type changing struct {
	name   string
	served *routes.Served
	change *routes.Change
}

// changedByForms returns the routes by which a form on another site's page
// changes something that counts, in order.
func changedByForms(posts []*routes.Post, counts func(*routes.Served, routes.Change) bool) []changing {
	var list []changing
	for _, post := range posts {
		served := post.Served
		if len(post.Lack) > 0 {
			continue // somebody may well have set what is missing
		}
		if slices.ContainsFunc(web.Words(served.Name()+" "+served.Route.Pattern), func(word string) bool { return ownProof[word] }) {
			continue
		}
		name := named(served)
		if slices.ContainsFunc(list, func(other changing) bool { return other.name == name }) {
			continue
		}
		i := slices.IndexFunc(post.Changes, func(c routes.Change) bool { return counts(served, c) && !byGET(served, c) })
		if i >= 0 {
			list = append(list, changing{name, served, &post.Changes[i]})
		}
	}
	return list
}

// counts reports whether a change is more than bookkeeping and outlasts what the
// process holds in memory, unless that is what the process runs by.
func counts(s *routes.Served, c routes.Change) bool {
	return c.Minor == "" && (c.Strong || c.Kind != effect.Memory && c.Kind != effect.Channel || isOperation(s))
}

// byGET reports whether a GET changes the same. Protection against forms lets it
// through, and another check is about it.
func byGET(s *routes.Served, c routes.Change) bool {
	return slices.ContainsFunc(s.Changes, func(other routes.Change) bool { return other.Site == c.Site && other.Call == c.Call })
}

// ownProof are words in the names of routes that begin a session, or that other
// programs call with a proof of their own: who the browser says the user is does
// not matter there.
var ownProof = wordSet("login signin logon signup register auth oauth oauth2 oidc saml sso callback webhook webhooks hook hooks token")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// named is a route as a report calls it.
func named(s *routes.Served) string {
	if s.Route.Pattern == "" {
		return s.Name()
	}
	return "POST " + s.Route.Pattern
}

// maxListed is how many routes a message names; the others are related places.
const maxListed = 2

func listed(list []changing) string {
	var names []string
	for _, c := range list[:min(maxListed, len(list))] {
		names = append(names, c.name)
	}
	text := strings.Join(names, ", ")
	if more := len(list) - maxListed; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
