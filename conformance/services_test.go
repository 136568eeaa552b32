package conformance

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/igm/sockjs-go/sockjs"
	"github.com/improbable-eng/grpc-web/go/grpcweb"
	"github.com/mark3labs/mcp-go/server"
	"github.com/tus/tusd/v2/pkg/handler"
	"google.golang.org/grpc"
	"k8s.io/apiserver/pkg/server/filters"

	"github.com/soplint/soplint/internal/corsconfig"
)

func TestK8s(t *testing.T) {
	subject{
		library: "k8s.io/apiserver", module: "k8s.io/apiserver", takes: only(regexps),
		start: func(c corsconfig.Config) (serve, error) {
			h := filters.WithCORS(http.HandlerFunc(ok), c.Regexps, nil, nil, nil, fmt.Sprint(c.Credentials))
			return throughHandler(h), nil
		},
		extra: regexpConfigs(),
	}.check(t)
}

func TestGRPCWeb(t *testing.T) {
	subject{
		library: "grpc-web", module: "github.com/improbable-eng/grpc-web",
		takes: func(c corsconfig.Config) bool { return only(callback)(c) && c.Credentials },
		start: func(c corsconfig.Config) (serve, error) {
			var options []grpcweb.Option
			if c.Func != nil {
				options = append(options, grpcweb.WithOriginFunc(c.Func))
			}
			wrapped := grpcweb.WrapServer(grpc.NewServer(), options...)
			return throughHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.Method = http.MethodPost // what gRPC-Web calls are
				r.Header.Set("Content-Type", "application/grpc-web")
				wrapped.ServeHTTP(w, r)
			})), nil
		},
	}.check(t)
}

func TestSockJS(t *testing.T) {
	subject{
		library: "sockjs-go", module: "github.com/igm/sockjs-go",
		takes: func(c corsconfig.Config) bool { return only(callback|value)(c) && c.Credentials },
		start: func(c corsconfig.Config) (serve, error) {
			options := sockjs.DefaultOptions
			options.Origin = c.Value
			if c.Func != nil {
				options.CheckOrigin = func(r *http.Request) bool { return c.Func(r.Header.Get("Origin")) }
			}
			h := sockjs.NewHandler("/echo", options, func(sockjs.Session) {})
			return throughHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.URL.Path = "/echo/info"
				h.ServeHTTP(w, r)
			})), nil
		},
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
		start: func(c corsconfig.Config) (serve, error) {
			options := []server.CORSOption{server.WithCORSAllowedOrigins(c.Origins...)}
			if c.Credentials {
				options = append(options, server.WithCORSAllowCredentials())
			}
			h := server.NewStreamableHTTPServer(server.NewMCPServer("conformance", "1"), server.WithStreamableHTTPCORS(options...))
			return throughHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.Method = http.MethodPost // a GET would open a stream
				h.ServeHTTP(w, r)
			})), nil
		},
	}.check(t)
}

func TestTusd(t *testing.T) {
	subject{
		library: "tusd", module: "github.com/tus/tusd/v2", takes: only(regexps),
		start: func(c corsconfig.Config) (serve, error) {
			cors := handler.DefaultCorsConfig
			cors.AllowCredentials = c.Credentials
			cors.Disable = c.Options["Disable"]
			if len(c.Regexps) > 0 {
				cors.AllowOrigin = regexp.MustCompile(c.Regexps[0])
			}
			store := handler.NewStoreComposer()
			store.UseCore(noStore{})
			h, err := handler.NewHandler(handler.Config{StoreComposer: store, BasePath: "/", Cors: &cors})
			if err != nil {
				return nil, err
			}
			return throughHandler(h), nil
		},
		extra: append(regexpConfigs(), corsconfig.Config{Options: map[string]bool{"Disable": true}}),
	}.check(t)
}

// noStore is a store of uploads that is never asked.
type noStore struct{ handler.DataStore }

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
				return throughHandler(app)(req)
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
