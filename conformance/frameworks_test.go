package conformance

import (
	"testing"

	"github.com/zeromicro/go-zero/core/logx"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

func TestRestful2(t *testing.T) {
	subject{
		library: "go-restful/v2", module: "github.com/emicklei/go-restful", takes: only(origin | callback),
		start: programs.Restful2, program: "Restful2",
	}.check(t)
}

func TestRestful3(t *testing.T) {
	subject{
		library: "go-restful/v3", module: "github.com/emicklei/go-restful/v3", takes: only(origin | callback),
		start: programs.Restful3, program: "Restful3",
	}.check(t)
}

func TestIris(t *testing.T) {
	setter := func(c corsconfig.Config) bool { // each setter of origins replaces the others
		return only(origin|callback|regexps)(c) && !(c.OriginsSet && (c.Func != nil || len(c.Regexps) > 0))
	}
	subject{
		library: "iris", module: "github.com/kataras/iris/v12", takes: setter,
		start: programs.Iris, program: "Iris",
		extra: regexpConfigs(),
	}.check(t)
}

// regexpConfigs are for libraries that search for regular expressions.
func regexpConfigs() []corsconfig.Config {
	var configs []corsconfig.Config
	for _, expr := range []string{
		`example\.com`, `example.com`, `https://example\.com`, `^https://([a-z]+\.)?example\.com$`,
		`//example\.com(:|$)`, `.*`, ``, `null`, `^null$`,
	} {
		for _, credentials := range []bool{true, false} {
			configs = append(configs, corsconfig.Config{Regexps: []string{expr}, Credentials: credentials})
		}
	}
	return configs
}

func TestGoZero(t *testing.T) {
	logx.Disable()
	subject{
		library: "go-zero", module: "github.com/zeromicro/go-zero",
		takes: func(c corsconfig.Config) bool { return only(origin)(c) && !c.Credentials },
		start: programs.GoZero, program: "GoZero",
	}.check(t)
}
