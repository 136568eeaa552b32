// Package graphql declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package graphql

import "net/http"

type GraphExecutor interface{}

type ExecutableSchema interface{}

type Transport interface {
	Supports(r *http.Request) bool
	Do(w http.ResponseWriter, r *http.Request, exec GraphExecutor)
}
