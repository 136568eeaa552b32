// Package graphqlws declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package graphqlws

import (
	"context"
	"net/http"
)

type GraphQLService interface {
	Subscribe(ctx context.Context, document string, operationName string, variableValues map[string]interface{}) (payloads <-chan interface{}, err error)
}

type options struct{}

type Option interface{ applyOption(*options) }

func WithCheckOrigin(f func(r *http.Request) bool) Option

func NewHandlerFunc(svc GraphQLService, httpHandler http.Handler, opts ...Option) http.HandlerFunc
