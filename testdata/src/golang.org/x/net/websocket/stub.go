// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import (
	"net/http"
	"net/url"
)

type ProtocolError struct {
	ErrorString string
}

func (err *ProtocolError) Error() string

var ErrBadWebSocketOrigin = &ProtocolError{"missing or bad WebSocket-Origin"}

type Config struct {
	Location *url.URL
	Origin   *url.URL
	Protocol []string
	Version  int
}

type Conn struct{}

func (ws *Conn) Close() error
func (ws *Conn) Config() *Config
func (ws *Conn) Request() *http.Request
func (ws *Conn) Read(msg []byte) (n int, err error)
func (ws *Conn) Write(msg []byte) (n int, err error)

type Handler func(*Conn)

func (h Handler) ServeHTTP(w http.ResponseWriter, req *http.Request)

type Server struct {
	Config
	Handshake func(*Config, *http.Request) error
	Handler
}

func (s Server) ServeHTTP(w http.ResponseWriter, req *http.Request)

func Origin(config *Config, req *http.Request) (*url.URL, error)
