package conformance

import (
	"net/http"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

func TestK8s(t *testing.T) {
	subject{
		library: "k8s.io/apiserver", module: "k8s.io/apiserver", takes: only(regexps),
		start: programs.K8s, program: "K8s",
		extra: regexpConfigs(),
	}.check(t)
}

func TestGRPCWeb(t *testing.T) {
	subject{
		library: "grpc-web", module: "github.com/improbable-eng/grpc-web",
		takes: func(c corsconfig.Config) bool { return only(callback)(c) && c.Credentials },
		start: programs.GRPCWeb, program: "GRPCWeb",
	}.check(t)
}

func TestSockJS(t *testing.T) {
	subject{
		library: "sockjs-go", module: "github.com/igm/sockjs-go",
		takes: func(c corsconfig.Config) bool { return only(callback|value)(c) && c.Credentials },
		start: programs.SockJS, program: "SockJS",
		extra: []corsconfig.Config{
			{Value: "https://example.com", Credentials: true},
			{Value: "*", Credentials: true},
			{Value: "null", Credentials: true},
		},
	}.check(t)
}

func TestMCP(t *testing.T) {
	subject{
		library: "mcp-go", module: "github.com/mark3labs/mcp-go", takes: only(origin),
		start: programs.MCP, program: "MCP",
	}.check(t)
}

func TestTusd(t *testing.T) {
	subject{
		library: "tusd", module: "github.com/tus/tusd/v2", takes: only(regexps),
		start: programs.Tusd, program: "Tusd",
		extra: append(regexpConfigs(), corsconfig.Config{Options: map[string]bool{"Disable": true}}),
	}.check(t)
}

func TestGoFrame(t *testing.T) {
	app := g.Server("conformance")
	app.SetAddr("127.0.0.1:0")
	app.SetDumpRouterMap(false)
	var current corsconfig.Config
	app.Use(func(r *ghttp.Request) {
		options := r.Response.DefaultCORSOptions()
		if current.OriginsSet {
			options.AllowDomain = current.Origins
		}
		if !current.Credentials {
			options.AllowCredentials = ""
		}
		if current.Value != corsconfig.RequestOrigin {
			options.AllowOrigin = current.Value
		}
		r.Response.CORS(options)
		r.Middleware.Next()
	})
	app.BindHandler("/", func(r *ghttp.Request) {})
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	defer app.Shutdown()
	subject{
		library: "goframe", module: "github.com/gogf/gf/v2",
		takes: func(c corsconfig.Config) bool { return only(value|origin)(c) && c.Value != "" },
		start: func(c corsconfig.Config) (serve, error) {
			return func(req *http.Request) http.Header {
				current = c
				return programs.ThroughHandler(app)(req)
			}, nil
		},
		extra: goFrameConfigs(),
	}.check(t)
}

// goFrameConfigs have hosts where others have origins.
func goFrameConfigs() []corsconfig.Config {
	var configs []corsconfig.Config
	for _, value := range []string{corsconfig.RequestOrigin, "*", "https://example.com"} {
		for _, list := range append(lists,
			[]string{"sub.example.com"}, []string{"*.com"}, []string{"*.*"}, []string{"*.*.*.com"}, []string{"a.*.example.com"},
			[]string{"example.com:9000"}, []string{"evil.com", "example.com"}, []string{"localhost"}) {
			for _, credentials := range []bool{true, false} {
				configs = append(configs, corsconfig.Config{
					Origins: list, OriginsSet: list != nil, Credentials: credentials, Value: value,
				})
			}
		}
	}
	return configs
}
