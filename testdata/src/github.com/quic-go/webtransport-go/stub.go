// Package webtransport declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package webtransport

import "net/http"

type Session struct{}

type Server struct {
	CheckOrigin func(r *http.Request) bool
}

func (s *Server) Upgrade(w http.ResponseWriter, r *http.Request) (*Session, error)
