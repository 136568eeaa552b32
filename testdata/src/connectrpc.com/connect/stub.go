// Package connect declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package connect

import (
	"context"
	"net/http"
)

type Request[T any] struct{ Msg *T }

type Response[T any] struct{ Msg *T }

type Handler struct{}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request)

type HandlerOption interface{}

func NewUnaryHandler[Req, Res any](procedure string, unary func(context.Context, *Request[Req]) (*Response[Res], error), options ...HandlerOption) *Handler {
	return nil
}

func NewResponse[T any](message *T) *Response[T] { return nil }
