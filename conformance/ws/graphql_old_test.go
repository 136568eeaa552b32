//go:build old

package ws

import (
	"net/http"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/handler"

	"github.com/soplint/soplint/internal/model"
)

// TestOldGraphQL is gqlgen's first way to make a server, up to v0.17.91.
func TestOldGraphQL(t *testing.T) {
	symbol := "github.com/99designs/gqlgen/handler.GraphQL"
	server := func(schema graphql.ExecutableSchema) http.Handler { return handler.GraphQL(schema) }
	takesMutations(t, symbol, server, model.Builtin().Find("graphql.server", symbol))
}
