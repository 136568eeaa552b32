package programs

import (
	"net/http"

	"github.com/zeromicro/go-zero/rest"

	"github.com/soplint/soplint/internal/corsconfig"
)

// GoZero configures the server of go-zero.
func GoZero(c corsconfig.Config) (Serve, error) {
	var conf rest.RestConf
	conf.Host, conf.Port = "127.0.0.1", 1
	app, err := rest.NewServer(conf, rest.WithCors(c.Origins...))
	if err != nil {
		return nil, err
	}
	app.AddRoute(rest.Route{Method: http.MethodGet, Path: "/", Handler: OK})
	serverless, err := rest.NewServerless(app)
	if err != nil {
		return nil, err
	}
	return ThroughHandler(http.HandlerFunc(serverless.Serve)), nil
}
