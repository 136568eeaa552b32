// Package transport declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package transport

import (
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	coderws "github.com/coder/websocket"
	"github.com/gorilla/websocket"
)

type WebsocketAcceptOptions struct{}

type WebsocketConn interface{}

type WebsocketImplementation interface {
	Accept(w http.ResponseWriter, r *http.Request, options WebsocketAcceptOptions) (WebsocketConn, error)
}

type CoderWebsocketImplementation struct{ AcceptOptions coderws.AcceptOptions }

func (u CoderWebsocketImplementation) Accept(w http.ResponseWriter, r *http.Request, options WebsocketAcceptOptions) (WebsocketConn, error)

type Websocket struct {
	Upgrader              websocket.Upgrader // up to v0.17.91
	Implementation        WebsocketImplementation
	KeepAlivePingInterval time.Duration
}

func (t Websocket) Supports(r *http.Request) bool
func (t Websocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor)

type MultipartForm struct {
	MaxUploadSize int64
	MaxMemory     int64
}

func (f MultipartForm) Supports(r *http.Request) bool
func (f MultipartForm) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor)

type UrlEncodedForm struct{}

func (h UrlEncodedForm) Supports(r *http.Request) bool
func (h UrlEncodedForm) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor)

type POST struct{}

func (h POST) Supports(r *http.Request) bool
func (h POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor)
