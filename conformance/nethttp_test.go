package conformance

import (
	"testing"

	"github.com/go-chi/cors"
	"github.com/gorilla/handlers"
	rscors "github.com/rs/cors"
)

// Libraries that wrap a net/http handler.

func TestRS(t *testing.T) {
	subject{
		library: "rs/cors", module: "github.com/rs/cors",
		takes: only(origin | callback), start: startRS(rscors.New),
	}.check(t)
}

func TestChi(t *testing.T) {
	subject{
		library: "go-chi/cors", module: "github.com/go-chi/cors",
		takes: only(origin | callback), start: startRS(cors.New),
	}.check(t)
}

func TestGorilla(t *testing.T) {
	subject{
		library: "gorilla/handlers", module: "github.com/gorilla/handlers",
		takes: only(origin | callback),
		start: startGorilla(handlers.CORS, handlers.AllowedOrigins, handlers.AllowedOriginValidator, handlers.AllowCredentials),
	}.check(t)
}
