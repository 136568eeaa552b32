// Package engine declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package engine

import (
	"net/http"

	"github.com/zishang520/engine.io/v2/types"
)

type Server interface {
	ServeHTTP(http.ResponseWriter, *http.Request)
}

func NewServer(opt any) Server
func Attach(server *types.HttpServer, options any) Server
func Listen(addr string, options any, fn types.Callable) Server
