// Package mux declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package mux

import "net/http"

type MiddlewareFunc func(http.Handler) http.Handler

type Route struct{}

type Router struct{}

func NewRouter() *Router

func (r *Router) Use(mwf ...MiddlewareFunc)
func (r *Router) HandleFunc(path string, f func(http.ResponseWriter, *http.Request)) *Route
func (r *Router) Methods(methods ...string) *Route
func (r *Router) PathPrefix(tpl string) *Route
func (r *Route) HandlerFunc(f func(http.ResponseWriter, *http.Request)) *Route
func (r *Route) Methods(methods ...string) *Route
func (r *Route) Name(name string) *Route
func (r *Route) Path(tpl string) *Route
func (r *Route) Subrouter() *Router
func (r *Router) ServeHTTP(w http.ResponseWriter, req *http.Request)
