package programs

import (
	"github.com/beego/beego/v2/server/web"
	"github.com/beego/beego/v2/server/web/context"
	"github.com/beego/beego/v2/server/web/filter/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Beego configures the cors filter of github.com/beego/beego/v2.
func Beego(c corsconfig.Config) (Serve, error) {
	app := web.NewControllerRegister()
	filter := cors.Allow(&cors.Options{AllowOrigins: c.Origins, AllowAllOrigins: c.AllowAll, AllowCredentials: c.Credentials})
	if err := app.InsertFilter("*", web.BeforeRouter, filter); err != nil {
		return nil, err
	}
	app.Get("/", func(ctx *context.Context) { ctx.WriteString("ok") })
	return ThroughHandler(app), nil
}
