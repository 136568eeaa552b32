package programs

import (
	"github.com/emicklei/go-restful"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Restful2 configures the filter of go-restful v2.
func Restful2(c corsconfig.Config) (Serve, error) {
	container := restful.NewContainer()
	cors := restful.CrossOriginResourceSharing{
		AllowedDomains: c.Origins, AllowedDomainFunc: c.Func, CookiesAllowed: c.Credentials, Container: container,
	}
	container.Filter(cors.Filter)
	ws := new(restful.WebService)
	ws.Route(ws.GET("/").To(func(_ *restful.Request, resp *restful.Response) { OK(resp, nil) }))
	container.Add(ws)
	return ThroughHandler(container), nil
}
