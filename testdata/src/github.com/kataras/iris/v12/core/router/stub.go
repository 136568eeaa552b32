// Package router declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package router

import "github.com/kataras/iris/v12/context"

type Route struct{}

type APIBuilder struct{}

func (api *APIBuilder) UseRouter(handlers ...context.Handler)
func (api *APIBuilder) Use(handlers ...context.Handler)
func (api *APIBuilder) Get(relativePath string, handlers ...context.Handler) *Route
func (api *APIBuilder) Post(relativePath string, handlers ...context.Handler) *Route
