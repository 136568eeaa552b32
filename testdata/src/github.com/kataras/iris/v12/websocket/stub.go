// Package websocket declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package websocket

import (
	"github.com/kataras/iris/v12/context"
	"github.com/kataras/neffos"
	"github.com/kataras/neffos/gobwas"
	"github.com/kataras/neffos/gorilla"
)

var (
	GorillaUpgrader        = gorilla.Upgrader
	GobwasUpgrader         = gobwas.Upgrader
	DefaultGorillaUpgrader = gorilla.DefaultUpgrader
	DefaultGobwasUpgrader  = gobwas.DefaultUpgrader
	New                    = neffos.New
)

type Events = neffos.Events

type IDGenerator func(*context.Context) string

func Handler(s *neffos.Server, idGenerator ...IDGenerator) context.Handler
