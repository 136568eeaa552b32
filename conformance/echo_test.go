package conformance

import (
	"net/http"
	"testing"

	echo3 "github.com/labstack/echo"
	echo3cors "github.com/labstack/echo/middleware"
	echo4cors "github.com/labstack/echo/v4/middleware"
	echo5 "github.com/labstack/echo/v5"
	echo5cors "github.com/labstack/echo/v5/middleware"

	"github.com/soplint/soplint/internal/corsconfig"
)

func TestEcho3(t *testing.T) {
	subject{
		library: "echo/v3", module: "github.com/labstack/echo", takes: only(origin),
		start: func(c corsconfig.Config) (serve, error) {
			e := echo3.New()
			e.Use(echo3cors.CORSWithConfig(echo3cors.CORSConfig{AllowOrigins: c.Origins, AllowCredentials: c.Credentials}))
			e.GET("/", func(ctx echo3.Context) error { return ctx.NoContent(http.StatusOK) })
			return throughHandler(e), nil
		},
	}.check(t)
}

func TestEcho4(t *testing.T) {
	const unsafe = "UnsafeWildcardOriginWithAllowCredentials"
	subject{
		library: "echo/v4", module: "github.com/labstack/echo/v4", takes: only(origin | callback),
		start: startEcho(echo4cors.CORSWithConfig),
		extra: []corsconfig.Config{
			{Credentials: true, Options: map[string]bool{unsafe: true}},
			{Options: map[string]bool{unsafe: true}},
			{Origins: []string{"https://example.com", "*"}, OriginsSet: true, Credentials: true, Options: map[string]bool{unsafe: true}},
		},
	}.check(t)
}

func TestEcho5(t *testing.T) {
	subject{
		library: "echo/v5", module: "github.com/labstack/echo/v5", takes: only(origin | callback),
		start: func(c corsconfig.Config) (serve, error) {
			config := echo5cors.CORSConfig{AllowOrigins: c.Origins, AllowCredentials: c.Credentials}
			if c.Func != nil {
				config.UnsafeAllowOriginFunc = func(_ *echo5.Context, origin string) (string, bool, error) {
					return origin, c.Func(origin), nil
				}
			}
			middleware, err := config.ToMiddleware()
			if err != nil {
				return nil, err
			}
			e := echo5.New()
			e.Use(middleware)
			e.GET("/", func(ctx *echo5.Context) error { return ctx.NoContent(http.StatusOK) })
			return throughHandler(e), nil
		},
	}.check(t)
}
