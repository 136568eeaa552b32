// Package context declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package context

import "net/http"

type BeegoInput struct{ Context *Context }

func (input *BeegoInput) Header(key string) string
func (input *BeegoInput) Method() string
func (input *BeegoInput) IsPost() bool
func (input *BeegoInput) Query(key string) string

type BeegoOutput struct{ Context *Context }

func (output *BeegoOutput) Header(key, val string)
func (output *BeegoOutput) SetStatus(status int)

type Response struct{ http.ResponseWriter }

type Context struct {
	Input          *BeegoInput
	Output         *BeegoOutput
	Request        *http.Request
	ResponseWriter *Response
}
