// Package wsproxy declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package wsproxy

import "net/http"

type Proxy struct{}

type Option func(*Proxy)

func WebsocketProxy(h http.Handler, opts ...Option) http.Handler
