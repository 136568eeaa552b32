// Package chi declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package chi

import "net/http"

type Mux struct{}

func NewRouter() *Mux

func (mx *Mux) Use(middlewares ...func(http.Handler) http.Handler)
func (mx *Mux) Get(pattern string, handlerFn http.HandlerFunc)
func (mx *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request)
