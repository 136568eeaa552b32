// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import "github.com/valyala/fasthttp"

type Conn struct{}

func (c *Conn) Close() error

type FastHTTPHandler func(*Conn)

type FastHTTPUpgrader struct {
	CheckOrigin func(ctx *fasthttp.RequestCtx) bool
}

func (u *FastHTTPUpgrader) Upgrade(ctx *fasthttp.RequestCtx, handler FastHTTPHandler) error
