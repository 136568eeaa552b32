// Package cors declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cors

import "net/http"

type Options struct {
	AllowedOrigins   []string
	AllowOriginFunc  func(r *http.Request, origin string) bool
	AllowedMethods   []string
	AllowedHeaders   []string
	ExposedHeaders   []string
	AllowCredentials bool
	MaxAge           int
	Debug            bool
}

type Cors struct{}

func New(options Options) *Cors
func Handler(options Options) func(next http.Handler) http.Handler
func AllowAll() *Cors

func (c *Cors) Handler(next http.Handler) http.Handler
