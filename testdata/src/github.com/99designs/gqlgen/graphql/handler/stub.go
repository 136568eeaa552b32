// Package handler declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package handler

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

type Server struct{}

func New(es graphql.ExecutableSchema) *Server
func NewDefaultServer(es graphql.ExecutableSchema) *Server

func (s *Server) AddTransport(transport graphql.Transport)
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request)
