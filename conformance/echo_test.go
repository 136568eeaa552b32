package conformance

import (
	"testing"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

func TestEcho3(t *testing.T) {
	subject{
		library: "echo/v3", module: "github.com/labstack/echo", takes: only(origin),
		start: programs.Echo3, program: "Echo3",
	}.check(t)
}

func TestEcho4(t *testing.T) {
	const unsafe = "UnsafeWildcardOriginWithAllowCredentials"
	subject{
		library: "echo/v4", module: "github.com/labstack/echo/v4", takes: only(origin | callback),
		start: programs.Echo4, program: "Echo4",
		extra: []corsconfig.Config{
			{Credentials: true, Options: map[string]bool{unsafe: true}},
			{Options: map[string]bool{unsafe: true}},
			{Origins: []string{"https://example.com", "*"}, OriginsSet: true, Credentials: true, Options: map[string]bool{unsafe: true}},
		},
	}.check(t)
}

func TestEcho5(t *testing.T) {
	subject{
		library: "echo/v5", module: "github.com/labstack/echo/v5", takes: only(origin | callback),
		start: programs.Echo5, program: "Echo5",
	}.check(t)
}
