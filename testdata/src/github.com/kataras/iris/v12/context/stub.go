// Package context declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package context

import "net/http"

type Handler = func(*Context)

type ResponseWriter interface{ http.ResponseWriter }

type Context struct{}

func (ctx *Context) GetHeader(name string) string
func (ctx *Context) Header(name string, value string)
func (ctx *Context) Method() string
func (ctx *Context) Host() string
func (ctx *Context) Next()
func (ctx *Context) StatusCode(statusCode int)
func (ctx *Context) StopWithStatus(statusCode int)
func (ctx *Context) Request() *http.Request
func (ctx *Context) ResponseWriter() ResponseWriter

type JSONP struct{ Callback string }

func (ctx *Context) JSONP(v interface{}, opts ...JSONP) (err error)
func (ctx *Context) URLParam(name string) string
func (ctx *Context) ReadJSON(outPtr interface{}, opts ...JSONReader) error

type JSONReader struct{}
