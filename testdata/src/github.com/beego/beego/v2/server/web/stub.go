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
func (c *Controller) Get()
func (c *Controller) Delete()
func (c *Controller) GetString(key string, def ...string) string

// The library's interface has more methods, which Controller has, too.
type ControllerInterface interface {
	Get()
	Delete()
}

func Router(rootpath string, c ControllerInterface, mappingMethods ...string) *HttpServer
func Get(rootpath string, f HandleFunc) *HttpServer
func Post(rootpath string, f HandleFunc) *HttpServer
func AutoRouter(c ControllerInterface) *HttpServer
func AutoPrefix(prefix string, c ControllerInterface) *HttpServer
