//go:build !old

package ws

import (
	"errors"
	"net/http"
	"testing"

	"github.com/zishang520/socket.io/servers/engine/v3"
	"github.com/zishang520/socket.io/servers/engine/v3/config"
	"github.com/zishang520/socket.io/servers/socket/v3"
	"github.com/zishang520/socket.io/v3/pkg/types"

	"github.com/soplint/soplint/internal/wsconfig"
)

// singleOrigins are configurations with one entry each, and one without a list.
var singleOrigins = append(lists([]string{"*"}, []string{"https://sub.app.example"}, []string{"HTTPS://evil.example"}, []string{""}), wsconfig.Config{})

func zishangCORS(c wsconfig.Config) *types.Cors {
	if !c.PatternsSet {
		return nil
	}
	return &types.Cors{Origin: c.Patterns[0]}
}

// TestZishang sets the options where the handler is made.
func TestZishang(t *testing.T) {
	subject{
		library: "socket.io/v3", module: "github.com/zishang520/socket.io/servers/socket/v3", path: zishangPath, configs: singleOrigins,
		handler: func(c wsconfig.Config) http.Handler {
			options := socket.DefaultServerOptions()
			options.SetCors(zishangCORS(c))
			return socket.NewServer(nil, nil).ServeHandler(options)
		},
	}.check(t)
}

// TestZishangServer sets them on the server.
func TestZishangServer(t *testing.T) {
	subject{
		library: "socket.io/v3", module: "github.com/zishang520/socket.io/servers/socket/v3", path: zishangPath, configs: singleOrigins,
		handler: func(c wsconfig.Config) http.Handler {
			options := socket.DefaultServerOptions()
			options.SetCors(zishangCORS(c))
			return socket.NewServer(nil, options).ServeHandler(nil)
		},
	}.check(t)
}

func TestZishangEngine(t *testing.T) {
	subject{
		library: "socket.io/v3", module: "github.com/zishang520/socket.io/servers/engine/v3", path: zishangPath, configs: singleOrigins,
		handler: func(c wsconfig.Config) http.Handler {
			options := config.DefaultServerOptions()
			options.SetCors(zishangCORS(c))
			return engine.NewServer(options)
		},
	}.check(t)
}

// TestZishangAllowRequest wants AllowRequest to refuse what CORS lets in.
func TestZishangAllowRequest(t *testing.T) {
	s := subject{library: "socket.io/v3", path: zishangPath, handler: func(wsconfig.Config) http.Handler {
		options := socket.DefaultServerOptions()
		options.SetCors(&types.Cors{Origin: "*"})
		options.SetAllowRequest(func(*types.HttpContext) error { return errors.New("not allowed") })
		return socket.NewServer(nil, nil).ServeHandler(options)
	}}
	if opened, status := s.shake(t, s.start(t, wsconfig.Config{}), "https://evil.example"); opened {
		t.Errorf("opened: %s", status)
	}
}
