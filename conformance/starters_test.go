package conformance

import (
	"net/http"
	"reflect"

	"github.com/gin-gonic/gin"
	fiber2 "github.com/gofiber/fiber/v2"
	echo4 "github.com/labstack/echo/v4"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

// What is common to the releases of one library, whose types differ.

// A starter is the start of a subject.
type starter = func(corsconfig.Config) (serve, error)

// startRS is for the descendants of rs/cors, whose callbacks may take the
// request, too.
func startRS[Options any, Cors interface {
	Handler(http.Handler) http.Handler
}](build func(Options) Cors) starter {
	return func(c corsconfig.Config) (serve, error) {
		options := fill[Options](c, map[string]any{"AllowedOrigins": c.Origins, "AllowCredentials": c.Credentials})
		if c.Func != nil {
			field := reflect.ValueOf(&options).Elem().FieldByName("AllowOriginFunc")
			field.Set(reflect.MakeFunc(field.Type(), func(args []reflect.Value) []reflect.Value {
				return []reflect.Value{reflect.ValueOf(c.Func(args[len(args)-1].String()))}
			}))
		}
		return programs.ThroughHandler(build(options).Handler(http.HandlerFunc(programs.OK))), nil
	}
}

func startGorilla[Option any, Validator ~func(string) bool](
	cors func(...Option) func(http.Handler) http.Handler,
	origins func([]string) Option, validator func(Validator) Option, credentials func() Option,
) starter {
	return func(c corsconfig.Config) (serve, error) {
		var options []Option
		if c.OriginsSet {
			options = append(options, origins(c.Origins))
		}
		if c.Func != nil {
			options = append(options, validator(c.Func))
		}
		if c.Credentials {
			options = append(options, credentials())
		}
		return programs.ThroughHandler(cors(options...)(http.HandlerFunc(programs.OK))), nil
	}
}

func startGin[Config any](build func(Config) gin.HandlerFunc) starter {
	return func(c corsconfig.Config) (serve, error) {
		values := map[string]any{
			"AllowOrigins": c.Origins, "AllowAllOrigins": c.AllowAll, "AllowOriginFunc": c.Func,
			"AllowCredentials": c.Credentials, "AllowWildcard": c.Wildcards,
		}
		if len(c.Schemes) > 0 {
			values["CustomSchemas"] = c.Schemes
		}
		engine := gin.New()
		engine.Use(build(fill[Config](c, values)))
		engine.GET("/", func(ctx *gin.Context) { ctx.Status(http.StatusOK) })
		return programs.ThroughHandler(engine), nil
	}
}

func startEcho[Config any](build func(Config) echo4.MiddlewareFunc) starter {
	return func(c corsconfig.Config) (serve, error) {
		values := map[string]any{"AllowOrigins": c.Origins, "AllowCredentials": c.Credentials}
		if c.Func != nil {
			values["AllowOriginFunc"] = func(origin string) (bool, error) { return c.Func(origin), nil }
		}
		e := echo4.New()
		e.Use(build(fill[Config](c, values)))
		e.GET("/", func(ctx echo4.Context) error { return ctx.NoContent(http.StatusOK) })
		return programs.ThroughHandler(e), nil
	}
}

func startFiber[Config any](build func(...Config) fiber2.Handler) starter {
	return func(c corsconfig.Config) (serve, error) {
		values := map[string]any{"AllowOrigins": programs.Line(c), "AllowCredentials": c.Credentials}
		if c.Func != nil {
			values["AllowOriginsFunc"] = c.Func
		}
		app := fiber2.New(fiber2.Config{DisableStartupMessage: true})
		app.Use(build(fill[Config](c, values)))
		app.Get("/", func(ctx *fiber2.Ctx) error { return ctx.SendStatus(http.StatusOK) })
		return func(req *http.Request) http.Header { return programs.HeaderOf(app.Test(req)) }, nil
	}
}

// fill returns options with these fields and the switches of c. Old releases
// have fewer fields than new ones.
func fill[Options any](c corsconfig.Config, values map[string]any) Options {
	var options Options
	fields := reflect.ValueOf(&options).Elem()
	for name, value := range values {
		fields.FieldByName(name).Set(reflect.ValueOf(value))
	}
	for name, on := range c.Options {
		fields.FieldByName(name).SetBool(on)
	}
	return options
}
