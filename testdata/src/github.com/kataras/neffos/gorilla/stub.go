// Package gorilla declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package gorilla

import (
	gorilla "github.com/gorilla/websocket"
	"github.com/kataras/neffos"
)

var DefaultUpgrader neffos.Upgrader

func Upgrader(upgrader gorilla.Upgrader) neffos.Upgrader
