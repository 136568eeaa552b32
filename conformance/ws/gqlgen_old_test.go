//go:build old

package ws

import (
	"net/http"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"

	"github.com/soplint/soplint/internal/wsconfig"
)

// TestGqlgen is gqlgen with a gorilla upgrader, up to v0.17.91.
func TestGqlgen(t *testing.T) {
	configs := append(inside("gorilla", checks), wsconfig.Config{})
	subject{
		library: "gqlgen", module: "github.com/99designs/gqlgen", protocol: "graphql-transport-ws", configs: configs,
		handler: func(c wsconfig.Config) http.Handler {
			var w transport.Websocket
			if c.Upgrader != nil {
				w.Upgrader = *upgraderOf(c)
			}
			s := handler.New(&graphql.ExecutableSchemaMock{})
			s.AddTransport(w)
			return s
		},
	}.check(t)
}
