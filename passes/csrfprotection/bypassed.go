package csrfprotection

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/protection"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/web"
)

// bypassed reports a pattern that exempts a subtree from the protection, where
// handlers that are protected otherwise, and change something, stand in it.
func bypassed(reporter *rule.Reporter, posts *routes.Posts, flaw *protection.Flaw) {
	pattern, err := web.ParsePattern(flaw.Text)
	if err != nil {
		return
	}
	var exempted []*routes.Post
	for _, served := range posts.Routes.Served {
		if len(posts.ProtectedBy(served)) == 0 || !pattern.Matches("POST", web.Host, examplePath(served.Route.Pattern)) {
			continue
		}
		if post := posts.Unprotected(served); post != nil {
			exempted = append(exempted, post)
		}
	}
	changing := changedByForms(exempted)
	if len(changing) == 0 {
		return
	}
	r := report("bypass", finding.Warning, open, "%s(%q) exempts %s from the protection, and a form changes state there", flaw.By, flaw.Text, listed(changing))
	r.Pos = flaw.Pos
	relate(&r, posts, changing)
	reporter.Report(r)
}

// examplePath is a path that the pattern of a route stands for.
func examplePath(pattern string) string {
	segments := strings.Split(pattern[strings.IndexByte(pattern, '/')+1:], "/")
	segments = slices.DeleteFunc(segments, func(s string) bool { return s == "{$}" })
	for i, s := range segments {
		if strings.HasPrefix(s, "{") || strings.HasPrefix(s, ":") || strings.HasPrefix(s, "*") {
			segments[i] = "q7"
		}
	}
	return "/" + strings.Join(segments, "/")
}
