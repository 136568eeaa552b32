// Package helmet declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package helmet

import "github.com/gofiber/fiber/v3"

type Config struct {
	XFrameOptions             string
	ContentSecurityPolicy     string
	CSPReportOnly             bool
	CrossOriginEmbedderPolicy string
	CrossOriginOpenerPolicy   string
	CrossOriginResourcePolicy string
}

func New(config ...Config) fiber.Handler
