package programs

import (
	"net/http"

	"github.com/labstack/echo"
	"github.com/labstack/echo/middleware"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Echo3 configures the middleware of echo v3.
func Echo3(c corsconfig.Config) (Serve, error) {
	e := echo.New()
	e.Use(middleware.CORSWithConfig(middleware.CORSConfig{AllowOrigins: c.Origins, AllowCredentials: c.Credentials}))
	e.GET("/", func(ctx echo.Context) error { return ctx.NoContent(http.StatusOK) })
	return ThroughHandler(e), nil
}
