package cli

import (
	"context"
	"time"

	"github.com/soplint/soplint/internal/lsp"
)

// typing is how long a pause is behind which somebody may look up: between
// keys it is shorter.
const typing = 300 * time.Millisecond

// lsp serves an editor until that ends it.
func (a *app) lsp(args []string) (int, error) {
	if err := noArguments("lsp", args); err != nil {
		return 0, err
	}
	store, identity := a.cacheFor(new(options))
	return exitClean, lsp.Serve(context.Background(), a.stdin, a.stdout, lsp.Options{Version: version(), Checks: a.checks,
		WebPackage: a.web, Cache: store, Identity: identity, Delay: typing})
}
