// Package runtime declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package runtime

import (
	"io"
	"net/http"
)

type Decoder interface{ Decode(v any) error }

type Marshaler interface{ NewDecoder(r io.Reader) Decoder }

type Pattern struct{}

type HandlerFunc func(w http.ResponseWriter, r *http.Request, pathParams map[string]string)

type ServeMux struct{}

type ServeMuxOption func(*ServeMux)

func NewServeMux(opts ...ServeMuxOption) *ServeMux

func MarshalerForRequest(mux *ServeMux, r *http.Request) (inbound Marshaler, outbound Marshaler)

func (s *ServeMux) Handle(meth string, pat Pattern, h HandlerFunc)
func (s *ServeMux) HandlePath(meth string, pathPattern string, h HandlerFunc) error
func (s *ServeMux) ServeHTTP(w http.ResponseWriter, r *http.Request)
