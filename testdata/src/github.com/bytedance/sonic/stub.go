// Package sonic declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package sonic

import "io"

type API interface {
	NewDecoder(reader io.Reader) Decoder
}

type Decoder interface {
	Decode(val interface{}) error
}

var ConfigDefault API
