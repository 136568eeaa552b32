// Package cors declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cors

import "github.com/beego/beego/v2/server/web"

type Options struct {
	AllowAllOrigins  bool
	AllowCredentials bool
	AllowOrigins     []string
	AllowMethods     []string
	AllowHeaders     []string
}

func Allow(opts *Options) web.FilterFunc
