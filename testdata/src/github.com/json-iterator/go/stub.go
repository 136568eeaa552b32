// Package jsoniter declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package jsoniter

import "io"

type API interface {
	Unmarshal(data []byte, v interface{}) error
	NewDecoder(reader io.Reader) *Decoder
}

var ConfigCompatibleWithStandardLibrary API

type Decoder struct{}

func (adapter *Decoder) Decode(obj interface{}) error
