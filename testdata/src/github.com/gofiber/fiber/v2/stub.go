// Package fiber declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package fiber

import "time"

type Handler = func(*Ctx) error

type Ctx struct{}

func (c *Ctx) Get(key string, defaultValue ...string) string
func (c *Ctx) Set(key, val string)
func (c *Ctx) Append(field string, values ...string)
func (c *Ctx) Method(override ...string) string
func (c *Ctx) Next() error
func (c *Ctx) SendStatus(status int) error
func (c *Ctx) Is(extension string) bool
func (c *Ctx) Body() []byte
func (c *Ctx) JSONP(data interface{}, callback ...string) error
func (c *Ctx) Cookies(key string, defaultValue ...string) string
func (c *Ctx) SendString(body string) error

type Config struct{}

type Router interface{}

type App struct{}

func New(config ...Config) *App

func (app *App) Use(args ...interface{}) Router
func (app *App) Get(path string, handlers ...Handler) Router
func (app *App) Route(prefix string, fn func(router Router), name ...string) Router
func (app *App) Listen(addr string) error

type Cookie struct {
	Name        string
	Value       string
	Path        string
	Domain      string
	MaxAge      int
	Expires     time.Time
	Secure      bool
	HTTPOnly    bool
	SameSite    string
	SessionOnly bool
}

const (
	CookieSameSiteDisabled = "disabled"
	CookieSameSiteLaxMode  = "lax"
	CookieSameSiteNoneMode = "none"
)

func (c *Ctx) Cookie(cookie *Cookie)

func (c *Ctx) Status(status int) *Ctx
func (c *Ctx) JSON(data interface{}, ctype ...string) error

const StatusForbidden = 403

type ErrorHandler = func(*Ctx, error) error

var ErrForbidden error

func (app *App) Post(path string, handlers ...Handler) Router
func (c *Ctx) BodyParser(out interface{}) error

func (app *App) All(path string, handlers ...Handler) Router

const MethodPost = "POST"

func (c *Ctx) Query(key string, defaultValue ...string) string
