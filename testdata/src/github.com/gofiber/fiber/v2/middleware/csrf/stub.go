// Package csrf declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package csrf

import "github.com/gofiber/fiber/v2"

type Config struct {
	Next           func(c *fiber.Ctx) bool
	KeyLookup      string
	CookieSecure   bool
	CookieSameSite string
	ErrorHandler   fiber.ErrorHandler
	Extractor      func(c *fiber.Ctx) (string, error)
}

func New(config ...Config) fiber.Handler

func CsrfFromCookie(param string) func(c *fiber.Ctx) (string, error)

func CsrfFromHeader(param string) func(c *fiber.Ctx) (string, error)
