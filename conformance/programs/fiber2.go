package programs

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Fiber2 configures the middleware of fiber v2.
func Fiber2(c corsconfig.Config) (Serve, error) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(cors.New(cors.Config{AllowOrigins: Line(c), AllowOriginsFunc: c.Func, AllowCredentials: c.Credentials}))
	app.Get("/", func(ctx *fiber.Ctx) error { return ctx.SendStatus(http.StatusOK) })
	return func(req *http.Request) http.Header { return HeaderOf(app.Test(req)) }, nil
}
