// Package server declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package server

type WebsocketOpts struct {
	Host           string
	Port           int
	NoTLS          bool
	SameOrigin     bool
	AllowedOrigins []string
}

type Options struct{ Websocket WebsocketOpts }

type Server struct{}

func NewServer(opts *Options) (*Server, error)
