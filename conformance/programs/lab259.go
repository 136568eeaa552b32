package programs

import (
	"github.com/lab259/cors"
	"github.com/valyala/fasthttp"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Lab259 configures github.com/lab259/cors.
func Lab259(c corsconfig.Config) (Serve, error) {
	middleware := cors.New(cors.Options{AllowedOrigins: c.Origins, AllowOriginFunc: c.Func, AllowCredentials: c.Credentials})
	return ThroughFastHTTP(middleware.Handler(func(*fasthttp.RequestCtx) {})), nil
}
