package programs

import (
	"net/http"

	"github.com/kataras/iris/v12"
	"github.com/kataras/iris/v12/middleware/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Iris configures the middleware of iris.
func Iris(c corsconfig.Config) (Serve, error) {
	middleware := cors.New()
	switch {
	case c.OriginsSet:
		middleware.AllowOrigins(c.Origins...)
	case c.Func != nil:
		middleware.AllowOriginMatcherFunc(c.Func)
	case len(c.Regexps) > 0:
		middleware.AllowOriginRegex(c.Regexps...)
	}
	if !c.Credentials {
		middleware.DisallowCredentials()
	}
	app := iris.New()
	app.UseRouter(middleware.Handler())
	app.Get("/", func(ctx iris.Context) { ctx.StatusCode(http.StatusOK) })
	if err := app.Build(); err != nil {
		return nil, err
	}
	return ThroughHandler(app), nil
}
