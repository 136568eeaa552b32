package programs

import (
	"net/http"

	"github.com/iris-contrib/middleware/cors"
	"github.com/kataras/iris/v12"

	"github.com/soplint/soplint/internal/corsconfig"
)

// IrisContrib configures github.com/iris-contrib/middleware/cors.
func IrisContrib(c corsconfig.Config) (Serve, error) {
	app := iris.New()
	app.UseRouter(cors.New(cors.Options{AllowedOrigins: c.Origins, AllowOriginFunc: c.Func, AllowCredentials: c.Credentials}))
	app.Get("/", func(ctx iris.Context) { ctx.StatusCode(http.StatusOK) })
	if err := app.Build(); err != nil {
		return nil, err
	}
	return ThroughHandler(app), nil
}
