package conformance

import (
	"io"
	"testing"

	fiber2log "github.com/gofiber/fiber/v2/log"
	fiber3log "github.com/gofiber/fiber/v3/log"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

func TestFiber1(t *testing.T) {
	subject{
		library: "fiber/v1", module: "github.com/gofiber/cors", takes: only(origin),
		start: programs.Fiber1, program: "Fiber1",
	}.check(t)
}

func TestFiber2(t *testing.T) {
	fiber2log.SetOutput(io.Discard)
	subject{
		library: "fiber/v2", module: "github.com/gofiber/fiber/v2", takes: only(origin | callback),
		start: programs.Fiber2, program: "Fiber2",
	}.check(t)
}

func TestFiber3(t *testing.T) {
	fiber3log.SetOutput(io.Discard)
	subject{
		library: "fiber/v3", module: "github.com/gofiber/fiber/v3", takes: only(origin | callback),
		start: programs.Fiber3, program: "Fiber3",
		extra: []corsconfig.Config{
			{Origins: []string{"null"}, OriginsSet: true, Options: map[string]bool{"DisableValueRedaction": true}},
		},
	}.check(t)
}
