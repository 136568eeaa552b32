// Package socketio declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package socketio

import (
	"net/http"

	"github.com/googollee/go-socket.io/engineio"
)

type Server struct{}

func NewServer(opts *engineio.Options) *Server

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request)
