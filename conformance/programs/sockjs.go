package programs

import (
	"net/http"

	"github.com/igm/sockjs-go/sockjs"

	"github.com/soplint/soplint/internal/corsconfig"
)

// SockJS configures the handler of sockjs-go.
func SockJS(c corsconfig.Config) (Serve, error) {
	options := sockjs.DefaultOptions
	options.Origin = c.Value
	if c.Func != nil {
		options.CheckOrigin = func(r *http.Request) bool { return c.Func(r.Header.Get("Origin")) }
	}
	h := sockjs.NewHandler("/echo", options, func(sockjs.Session) {})
	return ThroughHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = "/echo/info"
		h.ServeHTTP(w, r)
	})), nil
}
