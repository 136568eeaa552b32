// Package fastws declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package fastws

import (
	"net/http"

	"github.com/valyala/fasthttp"
)

type Conn struct{}

func (c *Conn) Close() error

type (
	RequestHandler    func(conn *Conn)
	UpgradeHandler    func(*fasthttp.RequestCtx) bool
	NetUpgradeHandler func(w http.ResponseWriter, r *http.Request) bool
)

type Upgrader struct {
	UpgradeHandler UpgradeHandler
	Handler        RequestHandler
	Protocols      []string
	Origin         string
	Compress       bool
}

func (u *Upgrader) Upgrade(ctx *fasthttp.RequestCtx)

type NetUpgrader struct {
	UpgradeHandler NetUpgradeHandler
	Handler        RequestHandler
	Origin         string
}

func (u *NetUpgrader) Upgrade(w http.ResponseWriter, r *http.Request)

func Upgrade(handler RequestHandler) func(ctx *fasthttp.RequestCtx)
func NetUpgrade(handler RequestHandler) func(w http.ResponseWriter, r *http.Request)
