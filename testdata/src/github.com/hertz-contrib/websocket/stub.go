// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import "github.com/cloudwego/hertz/pkg/app"

type Conn struct{}

func (c *Conn) Close() error

type HertzHandler func(*Conn)

type HertzUpgrader struct {
	CheckOrigin func(ctx *app.RequestContext) bool
}

func (u *HertzUpgrader) Upgrade(ctx *app.RequestContext, handler HertzHandler) error
