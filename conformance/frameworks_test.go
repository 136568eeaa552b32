package conformance

import (
	"net/http"
	"testing"

	restful2 "github.com/emicklei/go-restful"
	restful3 "github.com/emicklei/go-restful/v3"
	"github.com/kataras/iris/v12"
	iriscors "github.com/kataras/iris/v12/middleware/cors"
	"github.com/zeromicro/go-zero/core/logx"
	"github.com/zeromicro/go-zero/rest"

	"github.com/soplint/soplint/internal/corsconfig"
)

func TestRestful2(t *testing.T) {
	subject{
		library: "go-restful/v2", module: "github.com/emicklei/go-restful", takes: only(origin | callback),
		start: func(c corsconfig.Config) (serve, error) {
			container := restful2.NewContainer()
			cors := restful2.CrossOriginResourceSharing{
				AllowedDomains: c.Origins, AllowedDomainFunc: c.Func, CookiesAllowed: c.Credentials, Container: container,
			}
			container.Filter(cors.Filter)
			ws := new(restful2.WebService)
			ws.Route(ws.GET("/").To(func(_ *restful2.Request, resp *restful2.Response) { ok(resp, nil) }))
			container.Add(ws)
			return throughHandler(container), nil
		},
	}.check(t)
}

func TestRestful3(t *testing.T) {
	subject{
		library: "go-restful/v3", module: "github.com/emicklei/go-restful/v3", takes: only(origin | callback),
		start: func(c corsconfig.Config) (serve, error) {
			container := restful3.NewContainer()
			cors := restful3.CrossOriginResourceSharing{
				AllowedDomains: c.Origins, AllowedDomainFunc: c.Func, CookiesAllowed: c.Credentials, Container: container,
			}
			container.Filter(cors.Filter)
			ws := new(restful3.WebService)
			ws.Route(ws.GET("/").To(func(_ *restful3.Request, resp *restful3.Response) { ok(resp, nil) }))
			container.Add(ws)
			return throughHandler(container), nil
		},
	}.check(t)
}

func TestIris(t *testing.T) {
	setter := func(c corsconfig.Config) bool { // each setter of origins replaces the others
		return only(origin|callback|regexps)(c) && !(c.OriginsSet && (c.Func != nil || len(c.Regexps) > 0))
	}
	subject{
		library: "iris", module: "github.com/kataras/iris/v12", takes: setter,
		start: func(c corsconfig.Config) (serve, error) {
			cors := iriscors.New()
			switch {
			case c.OriginsSet:
				cors.AllowOrigins(c.Origins...)
			case c.Func != nil:
				cors.AllowOriginMatcherFunc(c.Func)
			case len(c.Regexps) > 0:
				cors.AllowOriginRegex(c.Regexps...)
			}
			if !c.Credentials {
				cors.DisallowCredentials()
			}
			app := iris.New()
			app.UseRouter(cors.Handler())
			app.Get("/", func(ctx iris.Context) { ctx.StatusCode(http.StatusOK) })
			if err := app.Build(); err != nil {
				return nil, err
			}
			return throughHandler(app), nil
		},
		extra: regexpConfigs(),
	}.check(t)
}

// regexpConfigs are for libraries that search for regular expressions.
func regexpConfigs() []corsconfig.Config {
	var configs []corsconfig.Config
	for _, expr := range []string{
		`example\.com`, `example.com`, `https://example\.com`, `^https://([a-z]+\.)?example\.com$`,
		`//example\.com(:|$)`, `.*`, ``, `null`, `^null$`,
	} {
		for _, credentials := range []bool{true, false} {
			configs = append(configs, corsconfig.Config{Regexps: []string{expr}, Credentials: credentials})
		}
	}
	return configs
}

func TestGoZero(t *testing.T) {
	logx.Disable()
	subject{
		library: "go-zero", module: "github.com/zeromicro/go-zero",
		takes: func(c corsconfig.Config) bool { return only(origin)(c) && !c.Credentials },
		start: func(c corsconfig.Config) (serve, error) {
			var conf rest.RestConf
			conf.Host, conf.Port = "127.0.0.1", 1
			app, err := rest.NewServer(conf, rest.WithCors(c.Origins...))
			if err != nil {
				return nil, err
			}
			app.AddRoute(rest.Route{Method: http.MethodGet, Path: "/", Handler: ok})
			serverless, err := rest.NewServerless(app)
			if err != nil {
				return nil, err
			}
			return throughHandler(http.HandlerFunc(serverless.Serve)), nil
		},
	}.check(t)
}
