// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import "net/http"

type Conn struct{}

func (c *Conn) Close() error

type Upgrader struct {
	CheckOrigin func(r *http.Request) bool
}

func NewUpgrader() *Upgrader

func (u *Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header, args ...interface{}) (*Conn, error)
