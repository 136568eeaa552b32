package programs

import (
	"net/http"

	"github.com/goware/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Goware configures github.com/goware/cors.
func Goware(c corsconfig.Config) (Serve, error) {
	options := cors.Options{AllowedOrigins: c.Origins, AllowCredentials: c.Credentials}
	if c.Func != nil {
		options.AllowOriginFunc = func(_ *http.Request, origin string) bool { return c.Func(origin) }
	}
	return ThroughHandler(cors.New(options).Handler(http.HandlerFunc(OK))), nil
}
