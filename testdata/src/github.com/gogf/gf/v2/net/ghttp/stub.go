// Package ghttp declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package ghttp

import (
	"net/http"

	"github.com/gorilla/websocket"
)

type Server struct{}

func (s *Server) Use(handlers ...HandlerFunc)

type HandlerFunc = func(r *Request)

type middleware struct{}

func (m *middleware) Next()

type Request struct {
	*http.Request
	Response   *Response
	Middleware *middleware
}

func (r *Request) GetHeader(key string, def ...string) string

type Response struct{ http.ResponseWriter }

func (r *Response) WriteJsonP(content any)
func (r *Response) WriteStatus(status int, content ...any)

type CORSOptions struct {
	AllowDomain      []string
	AllowOrigin      string
	AllowCredentials string
	ExposeHeaders    string
	MaxAge           int
	AllowMethods     string
	AllowHeaders     string
}

func (r *Response) DefaultCORSOptions() CORSOptions
func (r *Response) CORS(options CORSOptions)
func (r *Response) CORSDefault()

func MiddlewareCORS(r *Request)

type RouterGroup struct{}

func (s *Server) BindHandler(pattern string, handler any)
func (s *Server) Group(prefix string, groups ...func(group *RouterGroup)) *RouterGroup
func (g *RouterGroup) Group(prefix string, groups ...func(group *RouterGroup)) *RouterGroup
func (g *RouterGroup) GET(pattern string, object any, params ...any) *RouterGroup
func (g *RouterGroup) POST(pattern string, object any, params ...any) *RouterGroup
func (g *RouterGroup) ALL(pattern string, object any, params ...any) *RouterGroup
func (r *Request) Parse(pointer any) error

type WebSocket struct{ *websocket.Conn }

func (r *Request) WebSocket() (*WebSocket, error)
