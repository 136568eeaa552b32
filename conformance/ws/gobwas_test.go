package ws

import (
	"net"
	"net/http"
	"testing"

	"github.com/gobwas/ws"

	"github.com/soplint/soplint/internal/wsconfig"
)

func TestGobwasHTTP(t *testing.T) {
	subject{
		library: "gobwas", module: "github.com/gobwas/ws", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn, _, _, err := ws.UpgradeHTTP(r, w)
				hangUp(conn, err)
			})
		},
	}.check(t)
}

func TestGobwasHTTPUpgrader(t *testing.T) {
	subject{
		library: "gobwas", module: "github.com/gobwas/ws", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn, _, _, err := ws.HTTPUpgrader{}.Upgrade(r, w)
				hangUp(conn, err)
			})
		},
	}.check(t)
}

// TestGobwas is the upgrader that reads from the connection: it asks OnHeader
// about every header there is, so a request without an Origin is not asked about.
func TestGobwas(t *testing.T) {
	subject{
		library: "gobwas", module: "github.com/gobwas/ws", configs: []wsconfig.Config{checks[0], checks[1], checks[3]},
		listen: func(t *testing.T, c wsconfig.Config) string {
			u := ws.Upgrader{}
			if c.CheckSet {
				u.OnHeader = func(key, value []byte) error {
					if string(key) != "Origin" {
						return nil
					}
					return byError(c, string(value))
				}
			}
			return serveOn(t, func(l net.Listener) { upgradeAll(l, u) })
		},
	}.check(t)
}

func upgradeAll(l net.Listener, u ws.Upgrader) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			_, _ = u.Upgrade(conn)
			_ = conn.Close()
		}()
	}
}
