package ws

import (
	"net/http"
	"testing"

	"github.com/coder/websocket"
	nhooyr "nhooyr.io/websocket"

	"github.com/soplint/soplint/internal/wsconfig"
)

func TestCoder(t *testing.T) {
	subject{
		library: "coder", module: "github.com/coder/websocket", configs: hostPatterns,
		handler: func(c wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: c.Patterns, InsecureSkipVerify: c.Insecure})
				if err == nil {
					_ = conn.CloseNow()
				}
			})
		},
	}.check(t)
}

func TestCoderNil(t *testing.T) {
	subject{
		library: "coder", module: "github.com/coder/websocket", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if conn, err := websocket.Accept(w, r, nil); err == nil {
					_ = conn.CloseNow()
				}
			})
		},
	}.check(t)
}

func TestNhooyr(t *testing.T) {
	subject{
		library: "nhooyr", module: "nhooyr.io/websocket", configs: hostPatterns,
		handler: func(c wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn, err := nhooyr.Accept(w, r, &nhooyr.AcceptOptions{OriginPatterns: c.Patterns, InsecureSkipVerify: c.Insecure})
				if err == nil {
					_ = conn.CloseNow()
				}
			})
		},
	}.check(t)
}
