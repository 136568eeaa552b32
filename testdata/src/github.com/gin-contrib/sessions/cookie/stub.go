// Package cookie declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cookie

import "github.com/gin-contrib/sessions"

type Store interface {
	sessions.Store
}

func NewStore(keyPairs ...[]byte) Store
