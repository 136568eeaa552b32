// Package fiber declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package fiber

type Handler = func(Ctx) error

type Ctx interface {
	Get(key string, defaultValue ...string) string
	Set(key, val string)
	Append(field string, values ...string)
	Method(override ...string) string
	Next() error
	SendStatus(status int) error
	JSONP(data any, callback ...string) error
	Cookies(key string, defaultValue ...string) string
	SendString(body string) error
	Query(key string, defaultValue ...string) string
	Bind() *Bind
}

type Config struct{}

type Router interface{}

type App struct{}

func New(config ...Config) *App

func (app *App) Use(args ...any) Router
func (app *App) Get(path string, handler any, handlers ...any) Router
func (app *App) Post(path string, handler any, handlers ...any) Router
func (app *App) Listen(addr string) error

type Bind struct{}

func (b *Bind) JSON(out any) error
func (b *Bind) Body(out any) error
