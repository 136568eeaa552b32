//go:build !old

package ws

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/quic-go/webtransport-go"

	"github.com/soplint/soplint/internal/wsconfig"
)

// TestWebTransport hands Upgrade the request that its HTTP/3 server would: the
// Origin is looked at first, and what passes fails for want of a QUIC connection.
func TestWebTransport(t *testing.T) {
	library := wsconfig.Lookup("webtransport")
	for _, c := range checks {
		for _, origin := range origins {
			server := webtransport.Server{CheckOrigin: byRequest(c)}
			r := httptest.NewRequest(http.MethodConnect, "https://"+host+"/", nil)
			r.Host, r.Proto = host, "webtransport"
			if origin != "" {
				r.Header.Set("Origin", origin)
			}
			_, err := server.Upgrade(httptest.NewRecorder(), r)
			refused := strings.Contains(err.Error(), "origin not allowed")
			if !refused && !strings.Contains(err.Error(), "missing QUIC connection") {
				t.Fatal(err)
			}
			if got := library.Accepts("", c, origin, host); got == refused {
				t.Errorf("%s, Origin %q: the model accepts: %v, the library says %v", describe(c), origin, got, err)
			}
		}
	}
}
