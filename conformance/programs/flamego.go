package programs

import (
	"github.com/flamego/cors"
	"github.com/flamego/flamego"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Flamego configures github.com/flamego/cors.
func Flamego(c corsconfig.Config) (Serve, error) {
	options := cors.Options{AllowDomain: c.Origins, AllowSubdomain: c.Options["AllowSubdomain"], AllowCredentials: c.Credentials}
	if len(c.Schemes) > 0 {
		options.Scheme = c.Schemes[0]
	}
	app := flamego.New()
	app.Use(cors.CORS(options))
	app.Get("/", func() string { return "ok" })
	return ThroughHandler(app), nil
}
