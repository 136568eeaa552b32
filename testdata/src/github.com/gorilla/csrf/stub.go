// Package csrf declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package csrf

import "net/http"

type Option func(*csrf)

type csrf struct{}

func Protect(authKey []byte, opts ...Option) func(http.Handler) http.Handler
func ErrorHandler(h http.Handler) Option
func TrustedOrigins(origins []string) Option
func UnsafeSkipCheck(r *http.Request) *http.Request
