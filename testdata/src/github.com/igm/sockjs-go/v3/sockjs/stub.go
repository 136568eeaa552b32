// Package sockjs declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package sockjs

import (
	"net/http"
	"time"
)

type Session struct{}

type Options struct {
	Websocket       bool
	HeartbeatDelay  time.Duration
	DisconnectDelay time.Duration
	Origin          string
	CheckOrigin     func(*http.Request) bool
}

var DefaultOptions = Options{Websocket: true}

type Handler struct{}

func NewHandler(prefix string, opts Options, handlerFunc func(Session)) *Handler

func (h *Handler) ServeHTTP(rw http.ResponseWriter, req *http.Request)
