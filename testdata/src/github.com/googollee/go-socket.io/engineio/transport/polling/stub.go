// Package polling declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package polling

import (
	"net/http"

	"github.com/googollee/go-socket.io/engineio/transport"
)

type Transport struct {
	CheckOrigin func(r *http.Request) bool
}

var Default = &Transport{}

func (t *Transport) Name() string
func (t *Transport) Accept(w http.ResponseWriter, r *http.Request) (transport.Conn, error)
