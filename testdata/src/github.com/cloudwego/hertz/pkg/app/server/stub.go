// Package server declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package server

import "github.com/cloudwego/hertz/pkg/route"

type Hertz struct{ *route.Engine }

func Default() *Hertz
func (h *Hertz) Spin()
