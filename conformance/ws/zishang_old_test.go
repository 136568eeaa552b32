//go:build old

package ws

import (
	"errors"
	"net/http"
	"testing"

	"github.com/zishang520/engine.io/v2/config"
	"github.com/zishang520/engine.io/v2/engine"
	"github.com/zishang520/engine.io/v2/types"
	"github.com/zishang520/socket.io/v2/socket"

	"github.com/soplint/soplint/internal/wsconfig"
)

func allowZishang(c wsconfig.Config) config.AllowRequest {
	return func(ctx *types.HttpContext) error {
		if !c.Check(ctx.Request().Header.Get("Origin")) {
			return errors.New("not allowed")
		}
		return nil
	}
}

// TestZishang sets the options where the handler is made.
func TestZishang(t *testing.T) {
	subject{
		library: "socket.io", module: "github.com/zishang520/socket.io/v2", path: zishangPath, configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			options := socket.DefaultServerOptions()
			if c.CheckSet {
				options.SetAllowRequest(allowZishang(c))
			}
			return socket.NewServer(nil, nil).ServeHandler(options)
		},
	}.check(t)
}

// TestZishangServer sets them on the server.
func TestZishangServer(t *testing.T) {
	subject{
		library: "socket.io", module: "github.com/zishang520/socket.io/v2", path: zishangPath, configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			options := socket.DefaultServerOptions()
			if c.CheckSet {
				options.SetAllowRequest(allowZishang(c))
			}
			return socket.NewServer(nil, options).ServeHandler(nil)
		},
	}.check(t)
}

func TestZishangEngine(t *testing.T) {
	subject{
		library: "socket.io", module: "github.com/zishang520/engine.io/v2", path: zishangPath, configs: checks,
		handler: func(c wsconfig.Config) http.Handler {
			options := config.DefaultServerOptions()
			if c.CheckSet {
				options.SetAllowRequest(allowZishang(c))
			}
			return engine.NewServer(options)
		},
	}.check(t)
}
