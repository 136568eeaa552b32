// Package binding declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package binding

import "net/http"

type Binding interface {
	Name() string
	Bind(*http.Request, any) error
}

type BindingBody interface {
	Binding
	BindBody([]byte, any) error
}

var (
	JSON BindingBody
	XML  BindingBody

	Query Binding
)
