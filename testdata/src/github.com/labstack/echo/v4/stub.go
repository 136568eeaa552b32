// Package echo declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package echo

import "net/http"

type HandlerFunc func(c Context) error

type MiddlewareFunc func(next HandlerFunc) HandlerFunc

type Response struct{ Writer http.ResponseWriter }

func (r *Response) Header() http.Header

type Context interface {
	Request() *http.Request
	Response() *Response
	String(code int, s string) error
	JSONP(code int, callback string, i any) error
	JSONPBlob(code int, callback string, b []byte) error
	Cookie(name string) (*http.Cookie, error)
	QueryParam(name string) string
	Path() string
	NoContent(code int) error
	Bind(i interface{}) error
	SetCookie(cookie *http.Cookie)
}

type Echo struct{}

func New() *Echo

type Route struct{}

type Group struct{}

func (g *Group) Use(middleware ...MiddlewareFunc)
func (g *Group) GET(path string, h HandlerFunc, m ...MiddlewareFunc) *Route

func (e *Echo) Group(prefix string, m ...MiddlewareFunc) (g *Group)
func (e *Echo) POST(path string, h HandlerFunc, m ...MiddlewareFunc) *Route
func (e *Echo) GET(path string, h HandlerFunc, m ...MiddlewareFunc) *Route
func (e *Echo) DELETE(path string, h HandlerFunc, m ...MiddlewareFunc) *Route
func (e *Echo) Pre(middleware ...MiddlewareFunc)
func (e *Echo) Use(middleware ...MiddlewareFunc)
func (e *Echo) Start(address string) error

type HTTPError struct{}

func (he *HTTPError) Error() string

func NewHTTPError(code int, message ...interface{}) *HTTPError
