// Package centrifuge declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package centrifuge

import "net/http"

type Node struct{}

type WebsocketConfig struct {
	CheckOrigin     func(r *http.Request) bool
	ReadBufferSize  int
	WriteBufferSize int
}

type WebsocketHandler struct{}

func NewWebsocketHandler(node *Node, config WebsocketConfig) *WebsocketHandler

func (s *WebsocketHandler) ServeHTTP(rw http.ResponseWriter, r *http.Request)
