// Package sockjs declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package sockjs

import (
	"net/http"

	"github.com/gorilla/websocket"
)

type Session interface{}

type Options struct {
	Websocket         bool
	RawWebsocket      bool
	WebsocketUpgrader *websocket.Upgrader
	Origin            string
	CheckOrigin       func(*http.Request) bool
}

var DefaultOptions = Options{Websocket: true}

func NewHandler(prefix string, opts Options, handleFunc func(Session)) http.Handler
