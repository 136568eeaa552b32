//go:build !old

package ws

import (
	"net/http"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"

	"github.com/soplint/soplint/internal/wsconfig"
)

func TestGqlgen(t *testing.T) {
	configs := append(inside("coder", hostPatterns), wsconfig.Config{})
	subject{
		library: "gqlgen", module: "github.com/99designs/gqlgen", protocol: "graphql-transport-ws", configs: configs,
		handler: func(c wsconfig.Config) http.Handler {
			var w transport.Websocket
			if c.Upgrader != nil {
				inner := c.Upgrader.Config
				w.Implementation = transport.CoderWebsocketImplementation{AcceptOptions: websocket.AcceptOptions{
					OriginPatterns: inner.Patterns, InsecureSkipVerify: inner.Insecure,
				}}
			}
			s := handler.New(&graphql.ExecutableSchemaMock{})
			s.AddTransport(w)
			return s
		},
	}.check(t)
}
