package programs

import (
	"net/http"

	"github.com/go-chi/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Chi configures github.com/go-chi/cors.
func Chi(c corsconfig.Config) (Serve, error) {
	options := cors.Options{AllowedOrigins: c.Origins, AllowCredentials: c.Credentials}
	if c.Func != nil {
		options.AllowOriginFunc = func(_ *http.Request, origin string) bool { return c.Func(origin) }
	}
	return ThroughHandler(cors.Handler(options)(http.HandlerFunc(OK))), nil
}
