package programs

import (
	"net/http"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Fiber3 configures the middleware of fiber v3.
func Fiber3(c corsconfig.Config) (Serve, error) {
	app := fiber.New()
	app.Use(cors.New(cors.Config{
		AllowOrigins: c.Origins, AllowOriginsFunc: c.Func, AllowCredentials: c.Credentials,
		DisableValueRedaction: c.Options["DisableValueRedaction"],
	}))
	app.Get("/", func(ctx fiber.Ctx) error { return ctx.SendStatus(http.StatusOK) })
	return func(req *http.Request) http.Header { return HeaderOf(app.Test(req)) }, nil
}
