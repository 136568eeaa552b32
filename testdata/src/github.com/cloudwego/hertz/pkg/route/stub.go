// Package route declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package route

import "github.com/cloudwego/hertz/pkg/app"

type IRoutes interface {
	Use(...app.HandlerFunc) IRoutes
	POST(string, ...app.HandlerFunc) IRoutes
}

type RouterGroup struct{}

func (group *RouterGroup) GET(relativePath string, handlers ...app.HandlerFunc) IRoutes
func (group *RouterGroup) POST(relativePath string, handlers ...app.HandlerFunc) IRoutes

type Engine struct{ RouterGroup }

func (engine *Engine) Use(middleware ...app.HandlerFunc) IRoutes
