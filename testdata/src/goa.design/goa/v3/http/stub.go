// Package http declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package http

import "net/http"

type Decoder interface {
	Decode(v any) error
}

type Muxer interface {
	Handle(method, pattern string, handler http.HandlerFunc)
	ServeHTTP(http.ResponseWriter, *http.Request)
	Vars(*http.Request) map[string]string
}

type MiddlewareMuxer interface {
	Muxer
	Use(func(http.Handler) http.Handler)
}

type ResolverMuxer interface {
	MiddlewareMuxer
	ResolvePattern(*http.Request) string
}

func NewMuxer() ResolverMuxer
func RequestDecoder(r *http.Request) Decoder
