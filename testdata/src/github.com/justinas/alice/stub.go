// Package alice declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package alice

import "net/http"

type Constructor func(http.Handler) http.Handler

type Chain struct {
	constructors []Constructor
}

func New(constructors ...Constructor) Chain

func (c Chain) Append(constructors ...Constructor) Chain
func (c Chain) Extend(chain Chain) Chain
func (c Chain) Then(h http.Handler) http.Handler
func (c Chain) ThenFunc(fn http.HandlerFunc) http.Handler
