package programs

import (
	"github.com/go-macaron/cors"
	"gopkg.in/macaron.v1"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Macaron configures github.com/go-macaron/cors.
func Macaron(c corsconfig.Config) (Serve, error) {
	options := cors.Options{AllowDomain: c.Origins, AllowSubdomain: c.Options["AllowSubdomain"]}
	if len(c.Schemes) > 0 {
		options.Scheme = c.Schemes[0]
	}
	app := macaron.New()
	app.Use(cors.CORS(options))
	app.Get("/", func() string { return "ok" })
	return ThroughHandler(app), nil
}
