// Package jsonrpc declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package jsonrpc

import "net/http"

type ServerOption func()

type RPCServer struct{}

func NewServer(opts ...ServerOption) *RPCServer

func (s *RPCServer) ServeHTTP(w http.ResponseWriter, r *http.Request)
