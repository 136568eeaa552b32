package programs

import (
	"github.com/AdhityaRamadhanus/fasthttpcors"
	"github.com/valyala/fasthttp"

	"github.com/soplint/soplint/internal/corsconfig"
)

// FastHTTPCors configures github.com/AdhityaRamadhanus/fasthttpcors.
func FastHTTPCors(c corsconfig.Config) (Serve, error) {
	middleware := fasthttpcors.NewCorsHandler(fasthttpcors.Options{AllowedOrigins: c.Origins, AllowCredentials: c.Credentials})
	return ThroughFastHTTP(middleware.CorsMiddleware(func(*fasthttp.RequestCtx) {})), nil
}
