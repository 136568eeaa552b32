// Package middleware declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package middleware

import "github.com/labstack/echo/v5"

type Skipper func(c *echo.Context) bool

type CORSConfig struct {
	Skipper               Skipper
	AllowOrigins          []string
	UnsafeAllowOriginFunc func(c *echo.Context, origin string) (allowedOrigin string, allowed bool, err error)
	AllowMethods          []string
	AllowHeaders          []string
	AllowCredentials      bool
	ExposeHeaders         []string
	MaxAge                int
}

func CORS(allowOrigins ...string) echo.MiddlewareFunc
func CORSWithConfig(config CORSConfig) echo.MiddlewareFunc

func (config CORSConfig) ToMiddleware() (echo.MiddlewareFunc, error)
