// Package huma declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package huma

import "context"

type Config struct{}

func DefaultConfig(title, version string) Config

type Context interface {
	Header(name string) string
	SetStatus(code int)
}

type Middlewares []func(ctx Context, next func(Context))

type Operation struct {
	Method      string
	Path        string
	Middlewares Middlewares
	Security    []map[string][]string
}

type API interface {
	UseMiddleware(middlewares ...func(ctx Context, next func(Context)))
}

func Post[I, O any](api API, path string, handler func(context.Context, *I) (*O, error), operationHandlers ...func(o *Operation)) {
}
func Put[I, O any](api API, path string, handler func(context.Context, *I) (*O, error), operationHandlers ...func(o *Operation)) {
}
func Register[I, O any](api API, op Operation, handler func(context.Context, *I) (*O, error)) {
}

func Get[I, O any](api API, path string, handler func(context.Context, *I) (*O, error), operationHandlers ...func(o *Operation)) {
}

func Delete[I, O any](api API, path string, handler func(context.Context, *I) (*O, error), operationHandlers ...func(o *Operation)) {
}
