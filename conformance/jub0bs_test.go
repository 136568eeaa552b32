package conformance

import (
	"net/http"
	"testing"

	"github.com/jub0bs/fcors"
	"github.com/jub0bs/fcors/risky"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

const (
	insecure = "DangerouslyTolerateInsecureOrigins"
	suffixes = "DangerouslyTolerateSubdomainsOfPublicSuffixes"
)

// dangerous are every list again with both dangerous switches on.
func dangerous() []corsconfig.Config {
	var configs []corsconfig.Config
	for _, list := range lists {
		configs = append(configs, corsconfig.Config{
			Origins: list, OriginsSet: list != nil, Credentials: true,
			Options: map[string]bool{insecure: true, suffixes: true},
		})
	}
	return append(configs, corsconfig.Config{
		Origins: []string{"http://127.0.0.1:9090", "http://[::1]:*", "http://localhost", "https://0.1.2.3"}, OriginsSet: true, Credentials: true,
	}, corsconfig.Config{
		Origins: []string{"http://127.1", "http://[::ffff:1.2.3.4]", "https://-a.com", "https://*.1.2.3.4", "https://a..b"}, OriginsSet: true,
	})
}

func TestJub0bs(t *testing.T) {
	subject{
		library: "jub0bs/cors", module: "github.com/jub0bs/cors", takes: only(origin),
		start: programs.Jub0bs, program: "Jub0bs",
		extra: dangerous(),
	}.check(t)
}

func TestFcors(t *testing.T) {
	subject{
		library: "jub0bs/fcors", module: "github.com/jub0bs/fcors", looseText: true,
		takes: func(c corsconfig.Config) bool {
			// Its types do not let a list stand beside all origins, or be empty.
			return only(origin|all)(c) && (c.AllowAll && !c.OriginsSet && !c.Credentials || len(c.Origins) > 0 && !c.AllowAll)
		},
		start: func(c corsconfig.Config) (serve, error) {
			middleware, err := startFcors(c)
			if err != nil {
				return nil, err
			}
			return programs.ThroughHandler(middleware(http.HandlerFunc(programs.OK))), nil
		},
		extra: dangerous(),
	}.check(t)
}

func startFcors(c corsconfig.Config) (fcors.Middleware, error) {
	if c.AllowAll {
		return fcors.AllowAccess(fcors.FromAnyOrigin())
	}
	from := fcors.FromOrigins(c.Origins[0], c.Origins[1:]...)
	var others []fcors.Option
	if c.Options[insecure] {
		others = append(others, risky.DangerouslyTolerateInsecureOrigins())
	}
	if c.Options[suffixes] {
		others = append(others, risky.DangerouslyTolerateSubdomainsOfPublicSuffixes())
	}
	if c.Credentials {
		return fcors.AllowAccessWithCredentials(from, others...)
	}
	return fcors.AllowAccess(from)
}
