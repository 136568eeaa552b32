package ws

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"testing"

	"github.com/clevergo/websocket"
	"github.com/cloudwego/hertz/pkg/app"
	hertz "github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/dgrr/fastws"
	socketio "github.com/doquangtan/socket.io/v4"
	fiberv3 "github.com/gofiber/contrib/v3/websocket"
	fiber2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	engineio "github.com/googollee/go-engine.io"
	"github.com/googollee/go-engine.io/transport"
	enginews "github.com/googollee/go-engine.io/transport/websocket"
	"github.com/graph-gophers/graphql-transport-ws/graphqlws"
	hertzws "github.com/hertz-contrib/websocket"
	"github.com/sagernet/ws"
	"github.com/valyala/fasthttp"
	melody "gopkg.in/olahol/melody.v1"

	"github.com/soplint/soplint/internal/wsconfig"
)

func TestHertz(t *testing.T) {
	hlog.SetLevel(hlog.LevelFatal)
	subject{
		library: "gorilla", module: "github.com/hertz-contrib/websocket", configs: checks,
		listen: func(t *testing.T, c wsconfig.Config) string {
			u := hertzws.HertzUpgrader{}
			if c.CheckSet {
				u.CheckOrigin = func(ctx *app.RequestContext) bool { return c.Check(string(ctx.GetHeader("Origin"))) }
			}
			address := "127.0.0.1:" + strconv.Itoa(freePort(t))
			server := hertz.New(hertz.WithHostPorts(address), hertz.WithExitWaitTime(0))
			server.NoHijackConnPool = true
			server.GET("/", func(_ context.Context, ctx *app.RequestContext) { _ = u.Upgrade(ctx, func(*hertzws.Conn) {}) })
			go func() { _ = server.Run() }()
			t.Cleanup(func() { _ = server.Close() })
			waitFor(t, address)
			return address
		},
	}.check(t)
}

func TestFiber3(t *testing.T) {
	configs := append(on(lists([]string{"https://app.example"}), "AllowEmptyOrigin"), exactOrigins...)
	subject{
		library: "fiber/v3", module: "github.com/gofiber/contrib/v3/websocket", configs: configs,
		listen: func(t *testing.T, c wsconfig.Config) string {
			app := fiber.New()
			config := fiberv3.Config{Origins: c.Patterns, AllowEmptyOrigin: c.Options["AllowEmptyOrigin"]}
			app.Get("/", fiberv3.New(func(*fiberv3.Conn) {}, config))
			return serveOn(t, func(l net.Listener) { _ = app.Listener(l, fiber.ListenConfig{DisableStartupMessage: true}) })
		},
	}.check(t)
}

func TestClevergo(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/clevergo/websocket", configs: checks,
		listen: func(t *testing.T, c wsconfig.Config) string {
			u := websocket.Upgrader{}
			if c.CheckSet {
				u.CheckOrigin = func(ctx *fasthttp.RequestCtx) bool { return c.Check(string(ctx.Request.Header.Peek("Origin"))) }
			}
			return serveOn(t, func(l net.Listener) {
				_ = fasthttp.Serve(l, func(ctx *fasthttp.RequestCtx) { _ = u.Upgrade(ctx, func(*websocket.Conn) {}) })
			})
		},
	}.check(t)
}

func TestFastws(t *testing.T) {
	configs := lists([]string{""}, []string{"https://app.example"}, []string{"https://App.example/"}, []string{"%"})
	subject{
		library: "dgrr", module: "github.com/dgrr/fastws", configs: configs,
		listen: func(t *testing.T, c wsconfig.Config) string {
			u := fastws.Upgrader{Origin: c.Patterns[0], Handler: func(*fastws.Conn) {}}
			return serveOn(t, func(l net.Listener) { _ = fasthttp.Serve(l, u.Upgrade) })
		},
	}.check(t)
}

func TestSagernet(t *testing.T) {
	subject{
		library: "gobwas", module: "github.com/sagernet/ws", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn, _, _, err := ws.UpgradeHTTP(r, w)
				hangUp(conn, err)
			})
		},
	}.check(t)
}

func TestMelodyV1(t *testing.T) {
	subject{
		library: "melody", module: "gopkg.in/olahol/melody.v1", configs: always,
		handler: func(wsconfig.Config) http.Handler {
			m := melody.New()
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = m.HandleRequest(w, r) })
		},
	}.check(t)
}

func TestEngineIO(t *testing.T) {
	subject{
		library: "go-socket.io", module: "github.com/googollee/go-engine.io", path: "?EIO=3&transport=websocket", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			var options *engineio.Options
			if c.CheckSet {
				options = &engineio.Options{Transports: []transport.Transport{&enginews.Transport{CheckOrigin: byRequest(c)}}}
			}
			return must(engineio.NewServer(options))
		},
	}.check(t)
}

func TestDoquangtanFiber(t *testing.T) {
	subject{
		library: "fiber/v2", module: "github.com/doquangtan/socket.io/v4", path: "socket.io", configs: checks[:1],
		listen: func(t *testing.T, _ wsconfig.Config) string {
			io := socketio.New()
			t.Cleanup(io.Close)
			app := fiberApp()
			app.Use("/", io.FiberMiddleware)
			app.Route("/socket.io", io.FiberRoute)
			return serveOn(t, func(l net.Listener) { _ = app.Listener(l) })
		},
	}.check(t)
}

func TestDoquangtanHTTP(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/doquangtan/socket.io/v4", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler { return socketio.New().HttpHandler() },
	}.check(t)
}

func TestGraphQLTransport(t *testing.T) {
	subject{
		library: "graphql-transport-ws", module: "github.com/graph-gophers/graphql-transport-ws", protocol: "graphql-ws", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler { return graphqlws.NewHandlerFunc(nil, http.NotFoundHandler()) },
	}.check(t)
}

func fiberApp() *fiber2.App { return fiber2.New(fiber2.Config{DisableStartupMessage: true}) }
