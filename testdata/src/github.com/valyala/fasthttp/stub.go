// Package fasthttp declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package fasthttp

type RequestHandler func(ctx *RequestCtx)

type RequestHeader struct{}

func (h *RequestHeader) Set(key, value string)
func (h *RequestHeader) Del(key string)
func (h *RequestHeader) Peek(key string) []byte
func (h *RequestHeader) PeekBytes(key []byte) []byte
func (h *RequestHeader) PeekAll(key string) [][]byte
func (h *RequestHeader) Referer() []byte
func (h *RequestHeader) Method() []byte
func (h *RequestHeader) Host() []byte
func (h *RequestHeader) IsOptions() bool

type ResponseHeader struct{}

func (h *ResponseHeader) Set(key, value string)
func (h *ResponseHeader) SetBytesK(key []byte, value string)
func (h *ResponseHeader) SetBytesV(key string, value []byte)
func (h *ResponseHeader) SetBytesKV(key, value []byte)
func (h *ResponseHeader) SetCanonical(key, value []byte)
func (h *ResponseHeader) Add(key, value string)
func (h *ResponseHeader) AddBytesK(key []byte, value string)
func (h *ResponseHeader) AddBytesV(key string, value []byte)
func (h *ResponseHeader) AddBytesKV(key, value []byte)
func (h *ResponseHeader) Del(key string)

type Request struct{ Header RequestHeader }

type Response struct{ Header ResponseHeader }

type RequestCtx struct {
	Request  Request
	Response Response
}

// Args are the parameters of a query.
type Args struct{}

func (a *Args) Peek(key string) []byte

func (ctx *RequestCtx) Path() []byte
func (ctx *RequestCtx) QueryArgs() *Args
func (ctx *RequestCtx) Method() []byte
func (ctx *RequestCtx) Host() []byte
func (ctx *RequestCtx) IsGet() bool
func (ctx *RequestCtx) IsPost() bool
func (ctx *RequestCtx) IsOptions() bool
func (ctx *RequestCtx) SetStatusCode(statusCode int)
func (ctx *RequestCtx) Error(msg string, statusCode int)

func ListenAndServe(addr string, handler RequestHandler) error

const StatusMethodNotAllowed = 405

type CookieSameSite int

const (
	CookieSameSiteDisabled CookieSameSite = iota
	CookieSameSiteDefaultMode
	CookieSameSiteLaxMode
	CookieSameSiteStrictMode
	CookieSameSiteNoneMode
)

type Cookie struct{}

func AcquireCookie() *Cookie

func (c *Cookie) SetKey(key string)
func (c *Cookie) SetValue(value string)
func (c *Cookie) SetSameSite(mode CookieSameSite)
func (c *Cookie) SetHTTPOnly(httpOnly bool)

func (h *ResponseHeader) SetCookie(cookie *Cookie)

const StatusForbidden = 403
