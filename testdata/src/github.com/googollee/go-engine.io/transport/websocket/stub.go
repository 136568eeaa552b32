// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import "net/http"

type Transport struct {
	CheckOrigin func(r *http.Request) bool
}

func (t *Transport) Name() string

var Default = &Transport{}
