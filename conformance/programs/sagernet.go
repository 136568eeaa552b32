package programs

import (
	"net/http"

	"github.com/sagernet/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Sagernet configures github.com/sagernet/cors.
func Sagernet(c corsconfig.Config) (Serve, error) {
	options := cors.Options{AllowedOrigins: c.Origins, AllowCredentials: c.Credentials}
	if c.Func != nil {
		options.AllowOriginFunc = func(_ *http.Request, origin string) bool { return c.Func(origin) }
	}
	return ThroughHandler(cors.New(options).Handler(http.HandlerFunc(OK))), nil
}
