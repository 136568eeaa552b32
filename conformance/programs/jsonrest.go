package programs

import (
	"github.com/ant0ine/go-json-rest/rest"

	"github.com/soplint/soplint/internal/corsconfig"
)

// JSONRest configures the CORS middleware of github.com/ant0ine/go-json-rest.
func JSONRest(c corsconfig.Config) (Serve, error) {
	middleware := &rest.CorsMiddleware{AccessControlAllowCredentials: c.Credentials}
	if c.Func != nil {
		middleware.OriginValidator = func(origin string, _ *rest.Request) bool { return c.Func(origin) }
	}
	api := rest.NewApi()
	api.Use(middleware)
	api.SetApp(rest.AppSimple(func(w rest.ResponseWriter, _ *rest.Request) { w.WriteHeader(200) }))
	return ThroughHandler(api.MakeHandler()), nil
}
