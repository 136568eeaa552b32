package programs

import (
	"net/http"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Echo5 configures the middleware of echo v5.
func Echo5(c corsconfig.Config) (Serve, error) {
	config := middleware.CORSConfig{AllowOrigins: c.Origins, AllowCredentials: c.Credentials}
	if c.Func != nil {
		config.UnsafeAllowOriginFunc = func(_ *echo.Context, origin string) (string, bool, error) {
			return origin, c.Func(origin), nil
		}
	}
	handler, err := config.ToMiddleware()
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.Use(handler)
	e.GET("/", func(ctx *echo.Context) error { return ctx.NoContent(http.StatusOK) })
	return ThroughHandler(e), nil
}
