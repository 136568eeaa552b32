// Package gobwas declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package gobwas

import (
	gobwas "github.com/gobwas/ws"
	"github.com/kataras/neffos"
)

var DefaultUpgrader neffos.Upgrader

func Upgrader(upgrader gobwas.HTTPUpgrader) neffos.Upgrader
