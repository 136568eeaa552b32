// Package engineio declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package engineio

import (
	"net/http"

	"github.com/googollee/go-engine.io/transport"
)

type Options struct {
	RequestChecker func(*http.Request) (http.Header, error)
	Transports     []transport.Transport
}

type Server struct{}

func NewServer(opts *Options) (*Server, error)

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request)
