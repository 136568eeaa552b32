// Package rpc declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package rpc

import "net/http"

type Server struct{}

func NewServer() *Server

func (s *Server) WebsocketHandler(allowedOrigins []string) http.Handler
