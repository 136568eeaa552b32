// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import "github.com/gofiber/fiber/v2"

type Conn struct{}

func (conn *Conn) Headers(key string, defaultValue ...string) string
func (conn *Conn) Close() error

type Config struct {
	ReadBufferSize int
	Filter         func(*fiber.Ctx) bool
	Origins        []string
}

func New(handler func(*Conn), config ...Config) fiber.Handler

func IsWebSocketUpgrade(c *fiber.Ctx) bool
