// Package app declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package app

import (
	"context"

	"github.com/cloudwego/hertz/pkg/protocol"
)

type HandlerFunc func(c context.Context, ctx *RequestContext)

type RequestContext struct {
	Request  protocol.Request
	Response protocol.Response
}

func (ctx *RequestContext) GetHeader(key string) []byte
func (ctx *RequestContext) Header(key, value string)
func (ctx *RequestContext) Method() []byte
func (ctx *RequestContext) Host() []byte
func (ctx *RequestContext) Next(c context.Context)
func (ctx *RequestContext) AbortWithStatus(code int)
func (ctx *RequestContext) Abort()
func (ctx *RequestContext) String(code int, format string, values ...interface{})
func (ctx *RequestContext) BindJSON(obj interface{}) error

func (ctx *RequestContext) Query(key string) string
