package conformance

import (
	"testing"
	_ "unsafe" // for the name of another package's variable

	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/gin-gonic/gin"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

// Forks and kin of larger libraries, and middlewares of smaller routers.

func TestHertz(t *testing.T) {
	hlog.SetLevel(hlog.LevelFatal)
	subject{
		library: "hertz-contrib/cors", module: "github.com/hertz-contrib/cors",
		takes: only(origin | callback | wildcards | all),
		start: programs.Hertz, program: "Hertz",
	}.check(t)
}

func TestGinKin(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	for _, s := range []subject{
		{
			library: "gin-gonic/contrib", module: "github.com/gin-gonic/contrib", takes: only(origin | callback | all),
			start: programs.OldGin, program: "OldGin",
		},
		{
			library: "itsjamie/gin-cors", module: "github.com/itsjamie/gin-cors", takes: only(origin),
			start: programs.Itsjamie, program: "Itsjamie",
		},
		{
			library: "tommy351/gin-cors", module: "github.com/tommy351/gin-cors", takes: only(origin),
			start: programs.Tommy351, program: "Tommy351",
		},
	} {
		t.Run(s.library, s.check)
	}
}

func TestRSKin(t *testing.T) {
	for _, s := range []subject{
		{
			library: "iris-contrib/cors", module: "github.com/iris-contrib/middleware/cors", takes: only(origin | callback),
			start: programs.IrisContrib, program: "IrisContrib",
		},
		{
			library: "lab259/cors", module: "github.com/lab259/cors", takes: only(origin | callback),
			start: programs.Lab259, program: "Lab259",
		},
		{
			library: "goware/cors", module: "github.com/goware/cors", takes: only(origin | callback),
			start: programs.Goware, program: "Goware",
		},
		{
			library: "sagernet/cors", module: "github.com/sagernet/cors", takes: only(origin | callback),
			start: programs.Sagernet, program: "Sagernet",
		},
		{
			library: "fasthttpcors", module: "github.com/AdhityaRamadhanus/fasthttpcors", takes: only(origin),
			start: programs.FastHTTPCors, program: "FastHTTPCors",
		},
	} {
		t.Run(s.library, s.check)
	}
}

func TestSmallRouters(t *testing.T) {
	for _, s := range []subject{
		{
			library: "beego", module: "github.com/beego/beego/v2", takes: only(origin | all),
			start: oneBeego, program: "Beego",
		},
		{
			library: "flamego/cors", module: "github.com/flamego/cors", takes: only(origin | schemes),
			start: programs.Flamego, program: "Flamego", extra: domainConfigs(),
		},
		{
			library: "go-macaron/cors", module: "github.com/go-macaron/cors",
			takes: func(c corsconfig.Config) bool { return only(origin|schemes)(c) && c.Credentials },
			start: programs.Macaron, program: "Macaron", extra: domainConfigs(),
		},
		{
			library: "ozzo-routing", module: "github.com/go-ozzo/ozzo-routing/v2", takes: only(origin),
			start: programs.Ozzo, program: "Ozzo",
		},
		{
			library: "go-pkgz/rest", module: "github.com/go-pkgz/rest", takes: only(origin),
			start: programs.Pkgz, program: "Pkgz",
			extra: []corsconfig.Config{
				{Credentials: true, Options: map[string]bool{"CorsUnsafeAnyOriginWithCredentials": true}},
				{Origins: []string{"*"}, OriginsSet: true, Credentials: true, Options: map[string]bool{"CorsUnsafeAnyOriginWithCredentials": true}},
			},
		},
		{
			library: "captncraig/cors", module: "github.com/captncraig/cors", takes: only(origin | regexps),
			start: programs.Captncraig, program: "Captncraig", extra: regexpConfigs(),
		},
		{
			library: "go-json-rest", module: "github.com/ant0ine/go-json-rest",
			takes: func(c corsconfig.Config) bool { return only(callback)(c) && c.Func != nil },
			start: programs.JSONRest, program: "JSONRest",
		},
		{
			library: "socket.io", module: "github.com/zishang520/engine.io", takes: only(all | value),
			start: programs.SocketIO, program: "SocketIO",
			extra: []corsconfig.Config{
				{Value: "https://example.com", Credentials: true}, {Value: "*", Credentials: true}, {Value: "*"},
			},
		},
	} {
		t.Run(s.library, s.check)
	}
}

// allowOriginPatterns holds the patterns of every filter of the process.
//
//go:linkname allowOriginPatterns github.com/beego/beego/v2/server/web/filter/cors.allowOriginPatterns
var allowOriginPatterns []string

// oneBeego starts a filter as the only one of its process.
func oneBeego(c corsconfig.Config) (serve, error) {
	allowOriginPatterns = nil
	return programs.Beego(c)
}

// domainConfigs are for libraries that take hosts and a scheme.
func domainConfigs() []corsconfig.Config {
	var configs []corsconfig.Config
	for _, scheme := range []string{"*", "https"} {
		for _, list := range lists {
			for _, subdomains := range []bool{true, false} {
				configs = append(configs, corsconfig.Config{
					Origins: list, OriginsSet: list != nil, Credentials: true, Schemes: []string{scheme},
					Options: map[string]bool{"AllowSubdomain": subdomains},
				})
			}
		}
	}
	return configs
}
