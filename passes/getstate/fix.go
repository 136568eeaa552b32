package getstate

import (
	"go/version"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/routes"
)

const usePost = "Register it for POST"

// toPost registers a route for POST: by its pattern, or by the router's method
// for that. It returns nil where a POST would not come to the change, another
// route is there already, or the registration is no plain call of the library.
func toPost(pass *analysis.Pass, found *routes.Result, s *routes.Served, c *routes.Change) *analysis.SuggestedFix {
	row := s.Route.Row
	if s.Route.Site != s.Route.Made || isTaken(found, s) || !found.ReachedBy("POST", s, c) {
		return nil
	}
	switch {
	case row.Arg("pattern.method") == "space" && row.Arg("of") == "mux":
		if !hasMethodPatterns(pass) {
			return nil
		}
		old := s.Route.Pattern
		if len(s.Route.Methods) > 0 {
			old = s.Route.Methods[0] + " " + old
		}
		return mend.Literal(pass, s.Route.Site.Pos, old, "POST "+s.Route.Pattern, usePost)
	case row.Arg("method") == "GET":
		if post := found.Flow.Engine.Table.Sibling(row, "method", "POST"); post != "" {
			return mend.Callee(pass, s.Route.Site.Pos, row.Name(), post, usePost)
		}
	}
	return nil
}

// hasMethodPatterns reports whether patterns of http.ServeMux may begin with a
// method: programs for an older Go take them for paths
// (https://pkg.go.dev/net/http#hdr-Compatibility).
func hasMethodPatterns(pass *analysis.Pass) bool {
	v := pass.Pkg.GoVersion()
	return v == "" || version.Compare(v, "go1.22") >= 0
}

// isTaken reports whether a POST to the same pattern comes to another route.
func isTaken(found *routes.Result, s *routes.Served) bool {
	return slices.ContainsFunc(found.Served, func(other *routes.Served) bool {
		return other.Route.Pattern == s.Route.Pattern && other.Route.Site != s.Route.Site &&
			(len(other.Route.Methods) == 0 || slices.Contains(other.Route.Methods, "POST"))
	})
}
