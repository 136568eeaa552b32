package ws

import (
	"io"
	"net"
	"net/http"
	"testing"

	btcsuite "github.com/btcsuite/websocket"
	fasthttpws "github.com/fasthttp/websocket"
	"github.com/gorilla/websocket"
	nbio "github.com/lesismal/nbio/nbhttp/websocket"
	minio "github.com/minio/websocket"
	"github.com/valyala/fasthttp"

	"github.com/soplint/soplint/internal/wsconfig"
)

// always is what the package-level functions Upgrade do.
var always = checks[1:2]

// hangUp closes what an upgrade opened, if it did.
func hangUp(conn io.Closer, err error) {
	if err == nil {
		_ = conn.Close()
	}
}

func TestGorilla(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/gorilla/websocket", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			u := websocket.Upgrader{CheckOrigin: byRequest(c)}
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { hangUp(u.Upgrade(w, r, nil)) })
		},
	}.check(t)
}

func TestGorillaFunc(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/gorilla/websocket", configs: always,
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { hangUp(websocket.Upgrade(w, r, nil, 0, 0)) })
		},
	}.check(t)
}

// TestGorillaHeaderGone is a handler that drops the Origin before the upgrade.
func TestGorillaHeaderGone(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/gorilla/websocket", configs: always,
		handler: func(wsconfig.Config) http.Handler {
			u := websocket.Upgrader{}
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.Header.Del("Origin")
				hangUp(u.Upgrade(w, r, nil))
			})
		},
	}.check(t)
}

func TestBtcsuite(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/btcsuite/websocket", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			u := btcsuite.Upgrader{CheckOrigin: byRequest(c)}
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { hangUp(u.Upgrade(w, r, nil)) })
		},
	}.check(t)
}

func TestBtcsuiteFunc(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/btcsuite/websocket", configs: always,
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { hangUp(btcsuite.Upgrade(w, r, nil, 0, 0)) })
		},
	}.check(t)
}

func TestMinio(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/minio/websocket", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			u := minio.Upgrader{CheckOrigin: byRequest(c)}
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { hangUp(u.Upgrade(w, r, nil)) })
		},
	}.check(t)
}

func TestNbio(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/lesismal/nbio", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			u := nbio.NewUpgrader()
			u.CheckOrigin = byRequest(c)
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				hangUp(u.UpgradeWithoutHandlingReadForConnFromSTDServer(w, r, nil))
			})
		},
	}.check(t)
}

func TestFastHTTPForNetHTTP(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/fasthttp/websocket", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			u := fasthttpws.Upgrader{CheckOrigin: byRequest(c)}
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { hangUp(u.Upgrade(w, r, nil)) })
		},
	}.check(t)
}

func TestFastHTTP(t *testing.T) {
	subject{
		library: "gorilla", module: "github.com/fasthttp/websocket", configs: checks,
		listen: func(t *testing.T, c wsconfig.Config) string {
			u := fasthttpws.FastHTTPUpgrader{}
			if c.CheckSet {
				u.CheckOrigin = func(ctx *fasthttp.RequestCtx) bool { return c.Check(string(ctx.Request.Header.Peek("Origin"))) }
			}
			return serveOn(t, func(l net.Listener) {
				_ = fasthttp.Serve(l, func(ctx *fasthttp.RequestCtx) { _ = u.Upgrade(ctx, func(*fasthttpws.Conn) {}) })
			})
		},
	}.check(t)
}
