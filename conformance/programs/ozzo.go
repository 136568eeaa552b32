package programs

import (
	"github.com/go-ozzo/ozzo-routing/v2"
	"github.com/go-ozzo/ozzo-routing/v2/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Ozzo configures the cors handler of github.com/go-ozzo/ozzo-routing/v2.
func Ozzo(c corsconfig.Config) (Serve, error) {
	router := routing.New()
	router.Use(cors.Handler(cors.Options{AllowOrigins: Line(c), AllowCredentials: c.Credentials}))
	router.Get("/", func(ctx *routing.Context) error { return ctx.Write("ok") })
	return ThroughHandler(router), nil
}
