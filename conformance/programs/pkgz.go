package programs

import (
	"net/http"

	"github.com/go-pkgz/rest"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Pkgz configures the CORS middleware of github.com/go-pkgz/rest.
func Pkgz(c corsconfig.Config) (Serve, error) {
	options := []rest.CorsOpt{
		rest.CorsAllowCredentials(c.Credentials),
		rest.CorsUnsafeAnyOriginWithCredentials(c.Options["CorsUnsafeAnyOriginWithCredentials"]),
	}
	if c.OriginsSet {
		options = append(options, rest.CorsAllowedOrigins(c.Origins...))
	}
	return ThroughHandler(rest.CORS(options...)(http.HandlerFunc(OK))), nil
}
