// Package json2 declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package json2

import (
	"net/http"

	"github.com/gorilla/rpc/v2"
)

type Codec struct{}

func NewCodec() *Codec

func (c *Codec) NewRequest(r *http.Request) rpc.CodecRequest
