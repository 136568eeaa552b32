// Package revel declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package revel

type Result interface{}

type Request struct{}

func (r *Request) GetHttpHeader(name string) string

type Controller struct{ Request *Request }

func (c *Controller) NotFound(msg string, objs ...interface{}) Result

type ServerWebSocket interface {
	MessageSend(v interface{}) error
	MessageReceive(v interface{}) error
}
