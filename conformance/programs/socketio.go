package programs

import (
	"net/http"

	"github.com/zishang520/engine.io/types"

	"github.com/soplint/soplint/internal/corsconfig"
)

// SocketIO configures the CORS middleware of github.com/zishang520/engine.io.
func SocketIO(c corsconfig.Config) (Serve, error) {
	options := &types.Cors{Credentials: c.Credentials}
	switch {
	case c.AllowAll:
		options.Origin = true
	case c.Value != "":
		options.Origin = c.Value
	}
	return ThroughHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := types.NewHttpContext(w, r)
		types.MiddlewareWrapper(options)(ctx, func(error) {
			ctx.SetStatusCode(http.StatusOK)
			ctx.Write(nil)
		})
	})), nil
}
