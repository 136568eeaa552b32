package ws

import (
	"errors"
	"net/http"
	"testing"

	"golang.org/x/net/websocket"
	"k8s.io/apimachinery/pkg/util/httpstream/wsstream"
	streaming "k8s.io/streaming/pkg/httpstream/wsstream"

	"github.com/soplint/soplint/internal/wsconfig"
)

var errRefused = errors.New("refused")

// byError is the predicate of c for hooks that refuse with an error.
func byError(c wsconfig.Config, origin string) error {
	if c.Check(origin) {
		return nil
	}
	return errRefused
}

func TestXNetHandler(t *testing.T) {
	subject{
		library: "x/net/handler", module: "golang.org/x/net", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return websocket.Handler(func(*websocket.Conn) {})
		},
	}.check(t)
}

func TestXNetServer(t *testing.T) {
	subject{
		library: "x/net/server", module: "golang.org/x/net", configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			s := websocket.Server{Handler: func(*websocket.Conn) {}}
			if c.CheckSet {
				s.Handshake = func(_ *websocket.Config, r *http.Request) error { return byError(c, r.Header.Get("Origin")) }
			}
			return s
		},
	}.check(t)
}

// TestXNetOrigin is a Server whose Config has an Origin, with which nothing is
// compared.
func TestXNetOrigin(t *testing.T) {
	subject{
		library: "x/net/server", module: "golang.org/x/net", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			config := must(websocket.NewConfig("wss://app.example/", "https://app.example"))
			return websocket.Server{Config: *config, Handler: func(*websocket.Conn) {}}
		},
	}.check(t)
}

func TestStreaming(t *testing.T) {
	subject{
		library: "wsstream", module: "k8s.io/streaming", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			channels := streaming.NewDefaultChannelProtocols([]streaming.ChannelType{streaming.ReadChannel})
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn := streaming.NewConn(channels)
				if _, _, err := conn.Open(w, r); err == nil {
					_ = conn.Close()
				}
			})
		},
	}.check(t)
}

func TestAPIMachinery(t *testing.T) {
	subject{
		library: "wsstream", module: "k8s.io/apimachinery", configs: checks[:1],
		handler: func(wsconfig.Config) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_ = wsstream.NewReader(http.NoBody, false, wsstream.NewDefaultReaderProtocols()).Copy(w, r)
			})
		},
	}.check(t)
}
