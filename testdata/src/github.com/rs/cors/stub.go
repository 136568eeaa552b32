// Package cors declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cors

import "net/http"

type Options struct {
	AllowedOrigins             []string
	AllowOriginFunc            func(origin string) bool
	AllowOriginRequestFunc     func(r *http.Request, origin string) bool
	AllowOriginVaryRequestFunc func(r *http.Request, origin string) (bool, []string)
	AllowedMethods             []string
	AllowedHeaders             []string
	ExposedHeaders             []string
	MaxAge                     int
	AllowCredentials           bool
	AllowPrivateNetwork        bool
	OptionsPassthrough         bool
	Debug                      bool
}

type Cors struct{}

func New(options Options) *Cors
func Default() *Cors
func AllowAll() *Cors

func (c *Cors) Handler(h http.Handler) http.Handler
func (c *Cors) HandlerFunc(w http.ResponseWriter, r *http.Request)
