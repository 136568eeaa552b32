package ws

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/centrifugal/centrifuge"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/filecoin-project/go-jsonrpc"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"
	"github.com/lxzan/gws"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/olahol/melody"

	"github.com/soplint/soplint/internal/wsconfig"
)

// TestMelody asks New as it is, whose upgrader has a predicate.
func TestMelody(t *testing.T) {
	subject{
		library: "melody", module: "github.com/olahol/melody", configs: always,
		handler: func(wsconfig.Config) http.Handler {
			return serveMelody(melody.New())
		},
	}.check(t)
}

func TestMelodyUpgrader(t *testing.T) {
	subject{
		library: "melody", module: "github.com/olahol/melody", configs: inside("gorilla", checks),
		handler: func(c wsconfig.Config) http.Handler {
			m := melody.New()
			m.Upgrader = &websocket.Upgrader{CheckOrigin: byRequest(c.Upgrader.Config)}
			return serveMelody(m)
		},
	}.check(t)
}

func serveMelody(m *melody.Melody) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = m.HandleRequest(w, r) })
}

func gwsOption(c wsconfig.Config) *gws.ServerOption {
	option := &gws.ServerOption{}
	if c.CheckSet {
		option.Authorize = func(r *http.Request, _ gws.SessionStorage) bool { return c.Check(r.Header.Get("Origin")) }
	}
	return option
}

func TestGWS(t *testing.T) {
	subject{
		library: "gws", module: "github.com/lxzan/gws", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			u := gws.NewUpgrader(gws.BuiltinEventHandler{}, gwsOption(c))
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if conn, err := u.Upgrade(w, r); err == nil {
					_ = conn.NetConn().Close()
				}
			})
		},
	}.check(t)
}

func TestGWSServer(t *testing.T) {
	subject{
		library: "gws", module: "github.com/lxzan/gws", configs: checks,
		listen: func(t *testing.T, c wsconfig.Config) string {
			s := gws.NewServer(gws.BuiltinEventHandler{}, gwsOption(c))
			s.OnError = func(net.Conn, error) {}
			return serveOn(t, func(l net.Listener) { _ = s.RunListener(l) })
		},
	}.check(t)
}

func TestCentrifuge(t *testing.T) {
	node := must(centrifuge.New(centrifuge.Config{}))
	if err := node.Run(); err != nil {
		t.Fatal(err)
	}
	subject{
		library: "centrifuge", module: "github.com/centrifugal/centrifuge", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			handler := centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{CheckOrigin: byRequest(c)})
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				ctx := centrifuge.SetCredentials(r.Context(), &centrifuge.Credentials{})
				handler.ServeHTTP(w, r.WithContext(ctx))
			})
		},
	}.check(t)
}

func TestEthereum(t *testing.T) {
	subject{
		library: "go-ethereum", module: "github.com/ethereum/go-ethereum", configs: exactOrigins,
		handler: func(c wsconfig.Config) http.Handler {
			return rpc.NewServer().WebsocketHandler(c.Patterns)
		},
	}.check(t)
}

func TestJSONRPC(t *testing.T) {
	subject{
		library: "go-jsonrpc", module: "github.com/filecoin-project/go-jsonrpc", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return jsonrpc.NewServer()
		},
	}.check(t)
}

func TestGoFrame(t *testing.T) {
	subject{
		library: "goframe", module: "github.com/gogf/gf/v2", configs: checks[:1],
		listen: func(t *testing.T, _ wsconfig.Config) string {
			s := g.Server("ws")
			s.SetAddr("127.0.0.1:0")
			s.SetDumpRouterMap(false)
			s.BindHandler("/", func(r *ghttp.Request) {
				if conn, err := r.WebSocket(); err == nil {
					_ = conn.Close()
				}
			})
			if err := s.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Shutdown() })
			return "127.0.0.1:" + strconv.Itoa(s.GetListenedPort())
		},
	}.check(t)
}

// TestNATS has the listener without TLS. The "*" in a list keeps the server from
// starting, as the model says, and cannot be asked.
func TestNATS(t *testing.T) {
	either := lists(nil, []string{"https://app.example"}, []string{"https://App.example:443/x"},
		[]string{"http://localhost:3000", "https://evil.example"}, []string{"https://*.app.example"})
	both := lists(nil, []string{"https://evil.example"}, []string{"http://app.example"})
	configs := append(on(either, "Port", "NoTLS"), on(both, "Port", "NoTLS", "SameOrigin")...)
	subject{
		library: "nats", module: "github.com/nats-io/nats-server/v2", configs: configs,
		listen: func(t *testing.T, c wsconfig.Config) string {
			s := must(server.NewServer(natsOptions(t, c)))
			s.Start()
			t.Cleanup(s.Shutdown)
			if !s.ReadyForConnections(5 * time.Second) {
				t.Fatal("nats-server does not start")
			}
			return must(net.ResolveTCPAddr("tcp", s.WebsocketURL()[len("ws://"):])).String()
		},
	}.check(t)
}

func TestNATSRefuses(t *testing.T) {
	library := wsconfig.Lookup("nats")
	for _, entry := range []string{"*", "app.example", "ws://app.example", "https://"} {
		c := on(lists([]string{entry}), "Port", "NoTLS")[0]
		_, err := server.NewServer(natsOptions(t, c))
		if _, never := library.NeverMatches("", c, entry); !never || err == nil {
			t.Errorf("%s: the model says that it keeps the server from starting: %v, the server: %v", entry, never, err)
		}
	}
}

func natsOptions(t *testing.T, c wsconfig.Config) *server.Options {
	return &server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, NoLog: true, NoSigs: true,
		Websocket: server.WebsocketOpts{
			Host: "127.0.0.1", Port: freePort(t), NoTLS: true,
			SameOrigin: c.Options["SameOrigin"], AllowedOrigins: c.Patterns,
		},
	}
}

func TestMochi(t *testing.T) {
	subject{
		library: "mochi-mqtt", module: "github.com/mochi-mqtt/server/v2", configs: checks[:1],
		listen: func(t *testing.T, _ wsconfig.Config) string {
			address := "127.0.0.1:" + strconv.Itoa(freePort(t))
			l := listeners.NewWebsocket(listeners.Config{ID: "ws", Address: address})
			if err := l.Init(slog.New(slog.NewTextHandler(io.Discard, nil))); err != nil {
				t.Fatal(err)
			}
			go l.Serve(func(_ string, conn net.Conn) error { return conn.Close() })
			t.Cleanup(func() { l.Close(func(string) {}) })
			waitFor(t, address)
			return address
		},
	}.check(t)
}

// waitFor returns when the address answers.
func waitFor(t *testing.T, address string) {
	for range 100 {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("nothing listens on %s", address)
}
