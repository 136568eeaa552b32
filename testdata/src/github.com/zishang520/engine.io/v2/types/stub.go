// Package types declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package types

import "net/http"

type HttpContext struct{}

func (c *HttpContext) Request() *http.Request

type HttpServer struct{}

func NewWebServer(defaultHandler http.Handler) *HttpServer

type Callable = func()
