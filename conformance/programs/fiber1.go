package programs

import (
	"net/http"

	"github.com/gofiber/cors"
	"github.com/gofiber/fiber"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Fiber1 configures github.com/gofiber/cors.
func Fiber1(c corsconfig.Config) (Serve, error) {
	app := fiber.New(&fiber.Settings{DisableStartupMessage: true})
	app.Use(cors.New(cors.Config{AllowOrigins: c.Origins, AllowCredentials: c.Credentials}))
	app.Get("/", func(ctx *fiber.Ctx) { ctx.SendStatus(http.StatusOK) })
	return func(req *http.Request) http.Header { return HeaderOf(app.Test(req)) }, nil
}
