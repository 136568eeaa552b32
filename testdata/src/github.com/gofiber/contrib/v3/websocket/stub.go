// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import "github.com/gofiber/fiber/v3"

type Conn struct{}

func (conn *Conn) Headers(key string, defaultValue ...string) string
func (conn *Conn) Close() error

type Config struct {
	Next             func(fiber.Ctx) bool
	Origins          []string
	AllowEmptyOrigin bool
}

func New(handler func(*Conn), config ...Config) fiber.Handler
