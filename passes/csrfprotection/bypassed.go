package csrfprotection

import (
	"fmt"
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
	exempts := exemption(flaw)
	if exempts == nil {
		return
	}
	var exempted []*routes.Post
	for _, served := range posts.Routes.Served {
		if len(posts.ProtectedBy(served)) == 0 || !exempts(examplePath(served.Route.Pattern)) {
			continue
		}
		if post := posts.Unprotected(served); post != nil {
			exempted = append(exempted, post)
		}
	}
	changing := changedByForms(exempted, counts)
	if len(changing) == 0 {
		return
	}
	r := report("bypass", finding.Warning, open, "%s(%q) exempts %s from the protection, and a form changes state there", flaw.By, flaw.Text, listed(changing))
	if flaw.Kind == protection.ExemptsBelow {
		r.Message = fmt.Sprintf("%s exempts paths that begin with %q, and a form changes state at %s", flaw.By, flaw.Text, listed(changing))
	}
	r.Pos = flaw.Pos
	relate(&r, posts, changing)
	reporter.Report(r)
}

// exemption returns which paths a flaw exempts, nil where that is not known.
func exemption(flaw *protection.Flaw) func(path string) bool {
	if flaw.Kind == protection.ExemptsBelow {
		return func(path string) bool { return strings.HasPrefix(path, flaw.Text) }
	}
	pattern, err := web.ParsePattern(flaw.Text)
	if err != nil {
		return nil
	}
	return func(path string) bool { return pattern.Matches("POST", web.Host, path) }
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
