// Package anyhostsocket is a program for the machine that it runs on.
package anyhostsocket

import (
	"net/http"

	"github.com/coder/websocket"

	"github.com/soplint/soplint/browser/victims/scene"
)

// AnyHostSocket leaves it to the library to compare Origin and Host, which agree where the
// name of the page was made to point here.
func AnyHostSocket() http.Handler {
	server := &http.Server{Addr: "127.0.0.1:8080", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer conn.CloseNow()
		conn.Write(r.Context(), websocket.MessageText, []byte(scene.Nobody))
		conn.Read(r.Context())
	})}
	return server.Handler
}
