// Package config declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package config

import "github.com/zishang520/engine.io/v2/types"

type AllowRequest func(*types.HttpContext) error

type ServerOptionsInterface interface {
	SetAllowRequest(AllowRequest)
}

type ServerOptions struct{ allowRequest AllowRequest }

func DefaultServerOptions() *ServerOptions

func (s *ServerOptions) SetAllowRequest(allowRequest AllowRequest)
