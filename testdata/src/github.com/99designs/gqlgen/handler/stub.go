// Package handler declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package handler

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gorilla/websocket"
)

type Option func()

func GraphQL(exec graphql.ExecutableSchema, options ...Option) http.HandlerFunc
func WebsocketUpgrader(upgrader websocket.Upgrader) Option
func ComplexityLimit(limit int) Option
