// Package gin declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package gin

import (
	"net/http"

	"github.com/gin-gonic/gin/binding"
)

type HandlerFunc func(*Context)

type ResponseWriter interface {
	http.ResponseWriter
	Status() int
}

type Context struct {
	Request *http.Request
	Writer  ResponseWriter
}

func (c *Context) GetHeader(key string) string
func (c *Context) Header(key, value string)
func (c *Context) Next()
func (c *Context) Abort()
func (c *Context) AbortWithStatus(code int)
func (c *Context) AbortWithStatusJSON(code int, jsonObj any)
func (c *Context) String(code int, format string, values ...any)

type IRoutes interface {
	Use(...HandlerFunc) IRoutes
	GET(string, ...HandlerFunc) IRoutes
}

type RouterGroup struct{}

func (group *RouterGroup) Use(middleware ...HandlerFunc) IRoutes
func (group *RouterGroup) Group(relativePath string, handlers ...HandlerFunc) *RouterGroup
func (group *RouterGroup) GET(relativePath string, handlers ...HandlerFunc) IRoutes
func (group *RouterGroup) POST(relativePath string, handlers ...HandlerFunc) IRoutes

type Engine struct{ RouterGroup }

func New() *Engine
func Default() *Engine

func (engine *Engine) Use(middleware ...HandlerFunc) IRoutes
func (engine *Engine) Run(addr ...string) error

const DebugMode = "debug"

func Mode() string

func (c *Context) SetCookie(name, value string, maxAge int, path, domain string, secure, httpOnly bool)
func (c *Context) SetSameSite(samesite http.SameSite)

func (c *Context) JSON(code int, obj any)

type H map[string]any

func (c *Context) JSONP(code int, obj any)
func (c *Context) Get(key any) (value any, exists bool)
func (c *Context) ContentType() string
func (c *Context) Bind(obj any) error
func (c *Context) BindJSON(obj any) error
func (c *Context) ShouldBind(obj any) error
func (c *Context) ShouldBindJSON(obj any) error
func (c *Context) ShouldBindYAML(obj any) error
func (c *Context) ShouldBindWith(obj any, b binding.Binding) error
func (c *Context) MustBindWith(obj any, b binding.Binding) error
func (group *RouterGroup) PUT(relativePath string, handlers ...HandlerFunc) IRoutes
func (c *Context) ShouldBindBodyWith(obj any, bb binding.BindingBody) (err error)

func (c *Context) Query(key string) (value string)
