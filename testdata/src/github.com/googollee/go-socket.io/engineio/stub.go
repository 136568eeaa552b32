// Package engineio declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package engineio

import (
	"net/http"

	"github.com/googollee/go-socket.io/engineio/transport"
)

type CheckerFunc func(*http.Request) (http.Header, error)

type Options struct {
	Transports     []transport.Transport
	RequestChecker CheckerFunc
}
