package programs

import (
	"net/http"

	"github.com/gorilla/handlers"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Gorilla configures github.com/gorilla/handlers.
func Gorilla(c corsconfig.Config) (Serve, error) {
	var options []handlers.CORSOption
	if c.OriginsSet {
		options = append(options, handlers.AllowedOrigins(c.Origins))
	}
	if c.Func != nil {
		options = append(options, handlers.AllowedOriginValidator(c.Func))
	}
	if c.Credentials {
		options = append(options, handlers.AllowCredentials())
	}
	return ThroughHandler(handlers.CORS(options...)(http.HandlerFunc(OK))), nil
}
