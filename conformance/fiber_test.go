package conformance

import (
	"io"
	"net/http"
	"testing"

	fiber2log "github.com/gofiber/fiber/v2/log"
	fiber2cors "github.com/gofiber/fiber/v2/middleware/cors"
	fiber3 "github.com/gofiber/fiber/v3"
	fiber3log "github.com/gofiber/fiber/v3/log"
	fiber3cors "github.com/gofiber/fiber/v3/middleware/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

func TestFiber2(t *testing.T) {
	fiber2log.SetOutput(io.Discard)
	subject{
		library: "fiber/v2", module: "github.com/gofiber/fiber/v2", takes: only(origin | callback),
		start: startFiber(fiber2cors.New),
	}.check(t)
}

func TestFiber3(t *testing.T) {
	fiber3log.SetOutput(io.Discard)
	subject{
		library: "fiber/v3", module: "github.com/gofiber/fiber/v3", takes: only(origin | callback),
		start: func(c corsconfig.Config) (serve, error) {
			app := fiber3.New()
			app.Use(fiber3cors.New(fiber3cors.Config{
				AllowOrigins: c.Origins, AllowOriginsFunc: c.Func, AllowCredentials: c.Credentials,
				DisableValueRedaction: c.Options["DisableValueRedaction"],
			}))
			app.Get("/", func(ctx fiber3.Ctx) error { return ctx.SendStatus(http.StatusOK) })
			return func(req *http.Request) http.Header { return headerOf(app.Test(req)) }, nil
		},
		extra: []corsconfig.Config{
			{Origins: []string{"null"}, OriginsSet: true, Options: map[string]bool{"DisableValueRedaction": true}},
		},
	}.check(t)
}

// headerOf is for frameworks whose test entry point returns a response.
func headerOf(resp *http.Response, err error) http.Header {
	if err != nil {
		return http.Header{"Access-Control-Allow-Origin": {"no response: " + err.Error()}}
	}
	resp.Body.Close()
	return resp.Header
}
