// Package httpx declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package httpx

import "net/http"

func Parse(r *http.Request, v any) error
func ParseJsonBody(r *http.Request, v any) error
