// Package middleware declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package middleware

import "net/http"

func SetHeader(key, value string) func(http.Handler) http.Handler

func AllowContentType(contentTypes ...string) func(http.Handler) http.Handler
