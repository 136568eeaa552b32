package programs

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Echo4 configures the middleware of echo v4.
func Echo4(c corsconfig.Config) (Serve, error) {
	config := middleware.CORSConfig{
		AllowOrigins:                             c.Origins,
		AllowCredentials:                         c.Credentials,
		UnsafeWildcardOriginWithAllowCredentials: c.Options["UnsafeWildcardOriginWithAllowCredentials"],
	}
	if c.Func != nil {
		config.AllowOriginFunc = func(origin string) (bool, error) { return c.Func(origin), nil }
	}
	e := echo.New()
	e.Use(middleware.CORSWithConfig(config))
	e.GET("/", func(ctx echo.Context) error { return ctx.NoContent(http.StatusOK) })
	return ThroughHandler(e), nil
}
