// Package protocol declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package protocol

type RequestHeader struct{}

func (h *RequestHeader) Set(key, value string)
func (h *RequestHeader) Del(key string)
func (h *RequestHeader) Get(key string) string
func (h *RequestHeader) Peek(key string) []byte

type ResponseHeader struct{}

func (h *ResponseHeader) Set(key, value string)
func (h *ResponseHeader) Add(key, value string)

type Request struct{ Header RequestHeader }

type Response struct{ Header ResponseHeader }
