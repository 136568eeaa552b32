// Package cors declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cors

import "github.com/cloudwego/hertz/pkg/app"

type Config struct {
	AllowAllOrigins  bool
	AllowOrigins     []string
	AllowOriginFunc  func(origin string) bool
	AllowMethods     []string
	AllowHeaders     []string
	AllowCredentials bool
	AllowWildcard    bool
}

func DefaultConfig() Config
func Default() app.HandlerFunc
func New(config Config) app.HandlerFunc
