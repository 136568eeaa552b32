package ws

import (
	"net/http"
	"testing"

	gobwas "github.com/gobwas/ws"
	socketio "github.com/googollee/go-socket.io"
	"github.com/googollee/go-socket.io/engineio"
	"github.com/googollee/go-socket.io/engineio/transport"
	enginews "github.com/googollee/go-socket.io/engineio/transport/websocket"
	"github.com/gorilla/websocket"
	sockjs "github.com/igm/sockjs-go/sockjs"
	sockjs3 "github.com/igm/sockjs-go/v3/sockjs"
	"github.com/improbable-eng/grpc-web/go/grpcweb"
	"github.com/kataras/neffos"
	neffosgobwas "github.com/kataras/neffos/gobwas"
	neffosgorilla "github.com/kataras/neffos/gorilla"
	"github.com/tmc/grpc-websocket-proxy/wsproxy"
	"google.golang.org/grpc"

	"github.com/soplint/soplint/internal/wsconfig"
)

func TestSocketIO(t *testing.T) {
	subject{
		library: "go-socket.io", module: "github.com/googollee/go-socket.io", path: "?EIO=3&transport=websocket", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			var options *engineio.Options
			if c.CheckSet {
				options = &engineio.Options{Transports: []transport.Transport{&enginews.Transport{CheckOrigin: byRequest(c)}}}
			}
			return socketio.NewServer(options)
		},
	}.check(t)
}

// upgraderOf returns the gorilla upgrader that c has inside, nil if it has none.
func upgraderOf(c wsconfig.Config) *websocket.Upgrader {
	if c.Upgrader == nil {
		return nil
	}
	return &websocket.Upgrader{CheckOrigin: byRequest(c.Upgrader.Config)}
}

var sockJSConfigs = append(on(append(inside("gorilla", checks), wsconfig.Config{}), "Websocket"), wsconfig.Config{})

func TestSockJS(t *testing.T) {
	subject{
		library: "sockjs", module: "github.com/igm/sockjs-go", path: "/e/1/s/websocket", configs: sockJSConfigs,
		handler: func(c wsconfig.Config) http.Handler {
			options := sockjs.Options{Websocket: c.Options["Websocket"], WebsocketUpgrader: upgraderOf(c)}
			return sockjs.NewHandler("/e", options, func(sockjs.Session) {})
		},
	}.check(t)
}

func TestSockJS3(t *testing.T) {
	subject{
		library: "sockjs/v3", module: "github.com/igm/sockjs-go/v3", path: "/e/1/s/websocket", configs: sockJSConfigs,
		handler: func(c wsconfig.Config) http.Handler {
			options := sockjs3.Options{Websocket: c.Options["Websocket"], WebsocketUpgrader: upgraderOf(c)}
			return sockjs3.NewHandler("/e", options, func(sockjs3.Session) {})
		},
	}.check(t)
}

func TestSockJS3Raw(t *testing.T) {
	subject{
		library: "sockjs/v3", module: "github.com/igm/sockjs-go/v3", path: "/e/websocket", configs: on(checks[:1], "RawWebsocket"),
		handler: func(wsconfig.Config) http.Handler {
			return sockjs3.NewHandler("/e", sockjs3.Options{RawWebsocket: true}, func(sockjs3.Session) {})
		},
	}.check(t)
}

func TestSockJSDefaults(t *testing.T) {
	subject{
		library: "sockjs", module: "github.com/igm/sockjs-go", path: "/e/1/s/websocket", configs: on(checks[:1], "Websocket"),
		handler: func(wsconfig.Config) http.Handler {
			return sockjs.NewHandler("/e", sockjs.DefaultOptions, func(sockjs.Session) {})
		},
	}.check(t)
	subject{
		library: "sockjs/v3", module: "github.com/igm/sockjs-go/v3", path: "/e/1/s/websocket", configs: on(checks[:1], "Websocket"),
		handler: func(wsconfig.Config) http.Handler {
			return sockjs3.NewHandler("/e", sockjs3.DefaultOptions, func(sockjs3.Session) {})
		},
	}.check(t)
}

func TestNeffos(t *testing.T) {
	configs := append(inside("gorilla", checks), inside("gobwas", checks[:1])...)
	subject{
		library: "neffos", module: "github.com/kataras/neffos", configs: configs,
		handler: func(c wsconfig.Config) http.Handler {
			upgrader := neffosgobwas.Upgrader(gobwas.HTTPUpgrader{})
			if c.Upgrader.Library == "gorilla" {
				upgrader = neffosgorilla.Upgrader(*upgraderOf(c))
			}
			return neffos.New(upgrader, neffos.Events{})
		},
	}.check(t)
}

func TestNeffosDefaults(t *testing.T) {
	subject{
		library: "neffos", module: "github.com/kataras/neffos", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return neffos.New(neffosgorilla.DefaultUpgrader, neffos.Events{})
		},
	}.check(t)
	subject{
		library: "neffos", module: "github.com/kataras/neffos", configs: always,
		handler: func(wsconfig.Config) http.Handler {
			return neffos.New(neffosgobwas.DefaultUpgrader, neffos.Events{})
		},
	}.check(t)
}

func TestGRPCWeb(t *testing.T) {
	configs := append(on(checks, "WithWebsockets"), wsconfig.Config{})
	subject{
		library: "grpc-web", module: "github.com/improbable-eng/grpc-web", protocol: "grpc-websockets", configs: configs,
		handler: func(c wsconfig.Config) http.Handler {
			options := []grpcweb.Option{
				grpcweb.WithWebsockets(c.Options["WithWebsockets"]),
				grpcweb.WithCorsForRegisteredEndpointsOnly(false), // the server here has no endpoints
			}
			if c.CheckSet {
				options = append(options, grpcweb.WithWebsocketOriginFunc(byRequest(c)))
			}
			return grpcweb.WrapServer(grpc.NewServer(), options...)
		},
	}.check(t)
}

// TestGRPCWebRaw calls the method that ServeHTTP guards.
func TestGRPCWebRaw(t *testing.T) {
	subject{
		library: "grpc-web", module: "github.com/improbable-eng/grpc-web", protocol: "grpc-websockets", configs: on(always, "WithWebsockets"),
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(grpcweb.WrapServer(grpc.NewServer()).HandleGrpcWebsocketRequest)
		},
	}.check(t)
}

func TestWebsocketProxy(t *testing.T) {
	subject{
		library: "grpc-websocket-proxy", module: "github.com/tmc/grpc-websocket-proxy", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return wsproxy.WebsocketProxy(http.NotFoundHandler())
		},
	}.check(t)
}

// zishangPath asks zishang520's engine for a session on a WebSocket.
const zishangPath = "socket.io/?EIO=4&transport=websocket"
