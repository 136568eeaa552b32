// Package rpc declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package rpc

import "net/http"

type CodecRequest interface{}

type Codec interface {
	NewRequest(*http.Request) CodecRequest
}

type Server struct{}

func NewServer() *Server

func (s *Server) RegisterCodec(codec Codec, contentType string)
func (s *Server) RegisterService(receiver any, name string) error
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request)
