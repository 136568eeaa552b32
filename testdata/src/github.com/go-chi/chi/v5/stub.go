// Package chi declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package chi

import "net/http"

type Router interface {
	http.Handler
	Use(middlewares ...func(http.Handler) http.Handler)
	With(middlewares ...func(http.Handler) http.Handler) Router
	Group(fn func(r Router)) Router
	Route(pattern string, fn func(r Router)) Router
	Mount(pattern string, h http.Handler)
	Handle(pattern string, h http.Handler)
	HandleFunc(pattern string, h http.HandlerFunc)
	Get(pattern string, h http.HandlerFunc)
	Post(pattern string, h http.HandlerFunc)
}

type Mux struct{}

func NewRouter() *Mux

func (mx *Mux) With(middlewares ...func(http.Handler) http.Handler) Router
func (mx *Mux) Group(fn func(r Router)) Router
func (mx *Mux) Route(pattern string, fn func(r Router)) Router
func (mx *Mux) Mount(pattern string, h http.Handler)
func (mx *Mux) Handle(pattern string, h http.Handler)
func (mx *Mux) HandleFunc(pattern string, h http.HandlerFunc)

func (mx *Mux) Method(method, pattern string, h http.Handler)
func (mx *Mux) Use(middlewares ...func(http.Handler) http.Handler)
func (mx *Mux) Get(pattern string, handlerFn http.HandlerFunc)
func (mx *Mux) Post(pattern string, handlerFn http.HandlerFunc)
func (mx *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request)

type Middlewares []func(http.Handler) http.Handler

func Chain(middlewares ...func(http.Handler) http.Handler) Middlewares

func (mws Middlewares) Handler(h http.Handler) http.Handler
func (mws Middlewares) HandlerFunc(h http.HandlerFunc) http.Handler
