// Package ownhostsocket is the safe twin of the program anyhostsocket.
package ownhostsocket

import (
	"net/http"

	"github.com/coder/websocket"

	"github.com/soplint/soplint/browser/victims/scene"
)

// OwnHostSocket has two names, and answers to no other.
func OwnHostSocket() http.Handler {
	server := &http.Server{Addr: "127.0.0.1:8080", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "127.0.0.1:8080" && r.Host != "localhost:8080" {
			http.Error(w, "unknown host", http.StatusForbidden)
			return
		}
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
