// Package rest declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package rest

import "net/http"

type RestConf struct {
	Host string
	Port int
}

type Server struct{}

type RunOption func(*Server)

func MustNewServer(c RestConf, opts ...RunOption) *Server
func WithCors(origin ...string) RunOption
func WithCorsHeaders(headers ...string) RunOption
func WithCustomCors(middlewareFn func(header http.Header), notAllowedFn func(http.ResponseWriter), origin ...string) RunOption

func (s *Server) Start()

type Route struct {
	Method  string
	Path    string
	Handler http.HandlerFunc
}

type RouteOption func(r *featuredRoutes)

type featuredRoutes struct{}

func (s *Server) AddRoute(r Route, opts ...RouteOption)
func (s *Server) AddRoutes(rs []Route, opts ...RouteOption)
