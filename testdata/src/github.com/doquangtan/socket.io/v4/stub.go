// Package socketio declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package socketio

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
)

type Io struct{}

func New() *Io

func (s *Io) FiberMiddleware(c *fiber.Ctx) error
func (s *Io) FiberRoute(router fiber.Router)
func (s *Io) HttpHandler() http.Handler
