// Package iris declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package iris

import (
	"github.com/kataras/iris/v12/context"
	"github.com/kataras/iris/v12/core/router"
)

type (
	Context = *context.Context
	Handler = context.Handler
)

type Application struct{ *router.APIBuilder }

func New() *Application

func (app *Application) Listen(hostPort string) error
