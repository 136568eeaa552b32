package csrfprotection

import (
	"slices"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/web"
)

// operates reports whether a change is for those who run the server: that nobody logs in
// says that not everybody reaches it. Where everybody does, and may, forms of other sites
// add nothing.
func operates(s *routes.Served, c routes.Change) bool {
	return counts(s, c) && (c.Kind == effect.Process || isOperation(s))
}

// operations are words for what is done to a program or a machine, and not with it.
var operations = wordSet("shutdown restart reboot kill terminate quit exit exec execute reload install uninstall upgrade deploy config configure settings")

// isOperation reports whether a route is named for an operation.
func isOperation(s *routes.Served) bool {
	return slices.ContainsFunc(web.Words(s.Name()+" "+s.Route.Pattern), func(word string) bool { return operations[word] })
}
