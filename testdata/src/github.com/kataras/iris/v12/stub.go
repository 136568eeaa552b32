// Package iris declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package iris

import "github.com/kataras/iris/v12/context"

type (
	Context = *context.Context
	Handler = context.Handler
)

type APIBuilder struct{}

func (api *APIBuilder) UseRouter(handlers ...context.Handler)

type Application struct{ *APIBuilder }

func New() *Application
