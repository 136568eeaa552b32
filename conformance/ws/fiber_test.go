package ws

import (
	"net"
	"testing"

	contrib "github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/websocket/v2"

	"github.com/soplint/soplint/internal/wsconfig"
)

func serveFiber(t *testing.T, handler fiber.Handler) string {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", handler)
	return serveOn(t, func(l net.Listener) { _ = app.Listener(l) })
}

func TestFiber(t *testing.T) {
	subject{
		library: "fiber/v2", module: "github.com/gofiber/websocket/v2", configs: exactOrigins,
		listen: func(t *testing.T, c wsconfig.Config) string {
			return serveFiber(t, websocket.New(func(*websocket.Conn) {}, websocket.Config{Origins: c.Patterns}))
		},
	}.check(t)
}

func TestFiberContrib(t *testing.T) {
	subject{
		library: "fiber/v2", module: "github.com/gofiber/contrib/websocket", configs: exactOrigins,
		listen: func(t *testing.T, c wsconfig.Config) string {
			return serveFiber(t, contrib.New(func(*contrib.Conn) {}, contrib.Config{Origins: c.Patterns}))
		},
	}.check(t)
}

func TestFiberNoConfig(t *testing.T) {
	subject{
		library: "fiber/v2", module: "github.com/gofiber/contrib/websocket", configs: checks[:1],
		listen: func(t *testing.T, _ wsconfig.Config) string {
			return serveFiber(t, contrib.New(func(*contrib.Conn) {}))
		},
	}.check(t)
}
