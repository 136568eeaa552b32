package programs

import (
	"context"
	"net/http"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/common/config"
	"github.com/cloudwego/hertz/pkg/common/ut"
	"github.com/cloudwego/hertz/pkg/route"
	"github.com/hertz-contrib/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Hertz configures github.com/hertz-contrib/cors.
func Hertz(c corsconfig.Config) (Serve, error) {
	engine := route.NewEngine(config.NewOptions(nil))
	engine.Use(cors.New(cors.Config{
		AllowOrigins:           c.Origins,
		AllowAllOrigins:        c.AllowAll,
		AllowOriginFunc:        c.Func,
		AllowCredentials:       c.Credentials,
		AllowWildcard:          c.Wildcards,
		AllowFiles:             c.Options["AllowFiles"],
		AllowWebSockets:        c.Options["AllowWebSockets"],
		AllowBrowserExtensions: c.Options["AllowBrowserExtensions"],
	}))
	engine.GET("/", func(_ context.Context, ctx *app.RequestContext) { ctx.SetStatusCode(http.StatusOK) })
	return func(req *http.Request) http.Header {
		answer := http.Header{}
		w := ut.PerformRequest(engine, http.MethodGet, req.URL.String(), nil, ut.Header{Key: "Origin", Value: req.Header.Get("Origin")})
		w.Result().Header.VisitAll(func(name, value []byte) { answer.Add(string(name), string(value)) })
		return answer
	}, nil
}
