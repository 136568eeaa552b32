// Package cors declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cors

import "github.com/kataras/iris/v12/context"

type AllowOriginFunc = func(ctx *context.Context, origin string) bool

type CORS struct{}

func New() *CORS

func (c *CORS) AllowOriginFunc(fn AllowOriginFunc) *CORS
func (c *CORS) AllowOrigin(originLine string) *CORS
func (c *CORS) AllowOriginMatcherFunc(fn func(origin string) bool) *CORS
func (c *CORS) AllowOriginRegex(regexpLines ...string) *CORS
func (c *CORS) AllowOrigins(origins ...string) *CORS
func (c *CORS) DisallowCredentials() *CORS
func (c *CORS) ExposeHeaders(headers ...string) *CORS
func (c *CORS) Handler() context.Handler
