// Package cors declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cors

import "github.com/gofiber/fiber/v2"

type Config struct {
	Next             func(c *fiber.Ctx) bool
	AllowOriginsFunc func(origin string) bool
	AllowOrigins     string
	AllowMethods     string
	AllowHeaders     string
	AllowCredentials bool
	ExposeHeaders    string
	MaxAge           int
}

var ConfigDefault = Config{AllowOrigins: "*"}

func New(config ...Config) fiber.Handler
