// Package neffos declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package neffos

import "net/http"

type Socket interface{}

type Upgrader func(w http.ResponseWriter, r *http.Request) (Socket, error)

type NSConn struct{}

type Message struct{}

type MessageHandlerFunc func(*NSConn, Message) error

type Namespaces map[string]Events

type ConnHandler interface{ GetNamespaces() Namespaces }

type Events map[string]MessageHandlerFunc

func (e Events) GetNamespaces() Namespaces

type Server struct{}

func New(upgrader Upgrader, connHandler ConnHandler) *Server

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request)
