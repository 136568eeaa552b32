// Package sessions declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package sessions

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type Options struct {
	Path     string
	Domain   string
	MaxAge   int
	Secure   bool
	HttpOnly bool
	SameSite http.SameSite
}

type Store interface {
	Options(Options)
}

func Sessions(name string, store Store) gin.HandlerFunc
