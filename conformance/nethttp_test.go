package conformance

import (
	"testing"

	"github.com/soplint/soplint/conformance/programs"
)

// Libraries that wrap a net/http handler.

func TestRS(t *testing.T) {
	subject{
		library: "rs/cors", module: "github.com/rs/cors",
		takes: only(origin | callback), start: programs.RS, program: "RS",
	}.check(t)
}

func TestChi(t *testing.T) {
	subject{
		library: "go-chi/cors", module: "github.com/go-chi/cors",
		takes: only(origin | callback), start: programs.Chi, program: "Chi",
	}.check(t)
}

func TestGorilla(t *testing.T) {
	subject{
		library: "gorilla/handlers", module: "github.com/gorilla/handlers",
		takes: only(origin | callback), start: programs.Gorilla, program: "Gorilla",
	}.check(t)
}
