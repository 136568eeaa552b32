// Package echo declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package echo

import "net/http"

type HandlerFunc func(c *Context) error

type MiddlewareFunc func(next HandlerFunc) HandlerFunc

type Context struct{}

func (c *Context) Request() *http.Request
func (c *Context) Response() http.ResponseWriter
func (c *Context) String(code int, s string) (err error)
func (c *Context) NoContent(code int) error
func (c *Context) JSONP(code int, callback string, i any) (err error)
func (c *Context) Cookie(name string) (*http.Cookie, error)

type Echo struct{}

func New() *Echo

func (e *Echo) Use(middleware ...MiddlewareFunc)
func (e *Echo) Start(address string) error
