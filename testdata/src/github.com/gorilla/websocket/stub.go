// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import "net/http"

type Conn struct{}

func (c *Conn) Close() error
func (c *Conn) ReadMessage() (messageType int, p []byte, err error)
func (c *Conn) WriteMessage(messageType int, data []byte) error

type Upgrader struct {
	ReadBufferSize, WriteBufferSize int
	CheckOrigin                     func(r *http.Request) bool
}

func (u *Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header) (*Conn, error)

func Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header, readBufSize, writeBufSize int) (*Conn, error)

func Subprotocols(r *http.Request) []string
