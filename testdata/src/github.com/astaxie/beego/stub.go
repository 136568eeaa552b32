// Package beego declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package beego

type App struct{}

type Controller struct{}

func (c *Controller) Get()
func (c *Controller) Delete()
func (c *Controller) GetString(key string, def ...string) string

// The library's interface has more methods, which Controller has, too.
type ControllerInterface interface {
	Get()
	Delete()
}

func Router(rootpath string, c ControllerInterface, mappingMethods ...string) *App
func AutoRouter(c ControllerInterface) *App
