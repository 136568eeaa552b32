// Package gws declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package gws

import (
	"bufio"
	"net"
	"net/http"
)

type Conn struct{}

func (c *Conn) ReadLoop()

type Message struct{}

type Event interface {
	OnOpen(socket *Conn)
	OnClose(socket *Conn, err error)
	OnPing(socket *Conn, payload []byte)
	OnPong(socket *Conn, payload []byte)
	OnMessage(socket *Conn, message *Message)
}

type BuiltinEventHandler struct{}

func (b BuiltinEventHandler) OnOpen(socket *Conn)
func (b BuiltinEventHandler) OnClose(socket *Conn, err error)
func (b BuiltinEventHandler) OnPing(socket *Conn, payload []byte)
func (b BuiltinEventHandler) OnPong(socket *Conn, payload []byte)
func (b BuiltinEventHandler) OnMessage(socket *Conn, message *Message)

type SessionStorage interface{ Len() int }

type ServerOption struct {
	ReadBufferSize int
	Authorize      func(r *http.Request, session SessionStorage) bool
}

type Upgrader struct{}

func NewUpgrader(eventHandler Event, option *ServerOption) *Upgrader

func (c *Upgrader) Upgrade(w http.ResponseWriter, r *http.Request) (*Conn, error)

type Server struct {
	OnRequest func(conn net.Conn, br *bufio.Reader, r *http.Request)
}

func NewServer(eventHandler Event, option *ServerOption) *Server

func (c *Server) GetUpgrader() *Upgrader
func (c *Server) Run(addr string) error
