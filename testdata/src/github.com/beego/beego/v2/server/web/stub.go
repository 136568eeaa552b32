// Package web declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package web

import "github.com/beego/beego/v2/server/web/context"

type HandleFunc func(ctx *context.Context)

type FilterFunc = HandleFunc

const BeforeRouter = 1

type FilterOpt func()

type HttpServer struct{}

func InsertFilter(pattern string, pos int, filter FilterFunc, opts ...FilterOpt) *HttpServer

type Controller struct{ Ctx *context.Context }

func (c *Controller) ServeJSONP() error
