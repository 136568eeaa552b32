package programs

import (
	"net/http"

	"github.com/rs/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// RS configures github.com/rs/cors.
func RS(c corsconfig.Config) (Serve, error) {
	middleware := cors.New(cors.Options{
		AllowedOrigins:   c.Origins,
		AllowOriginFunc:  c.Func,
		AllowCredentials: c.Credentials,
	})
	return ThroughHandler(middleware.Handler(http.HandlerFunc(OK))), nil
}
