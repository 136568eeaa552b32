// Package socket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package socket

import (
	"net/http"

	"github.com/zishang520/socket.io/servers/engine/v3/config"
)

type ServerOptionsInterface interface {
	config.ServerOptionsInterface
}

type ServerOptions struct {
	config.Options
}

func DefaultServerOptions() *ServerOptions

type Server struct{}

func NewServer(srv any, opts ServerOptionsInterface) *Server

func (s *Server) Attach(srv any, opts *ServerOptions) *Server
func (s *Server) ServeHandler(opts *ServerOptions) http.Handler
