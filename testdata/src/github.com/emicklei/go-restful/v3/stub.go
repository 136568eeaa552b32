// Package restful declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package restful

import "net/http"

type Request struct{ Request *http.Request }

func (r *Request) HeaderParameter(name string) string
func (r *Request) QueryParameter(name string) string
func (r *Request) ReadEntity(entityPointer any) (err error)

type Response struct{ http.ResponseWriter }

func (r Response) AddHeader(header string, value string) Response

type FilterChain struct{}

func (f *FilterChain) ProcessFilter(request *Request, response *Response)

type FilterFunction func(*Request, *Response, *FilterChain)

type Container struct{}

func NewContainer() *Container

func (c *Container) Filter(filter FilterFunction)

type CrossOriginResourceSharing struct {
	ExposeHeaders     []string
	AllowedHeaders    []string
	AllowedDomains    []string
	AllowedDomainFunc func(origin string) bool
	AllowedMethods    []string
	MaxAge            int
	CookiesAllowed    bool
	Container         *Container
}

func (c CrossOriginResourceSharing) Filter(req *Request, resp *Response, chain *FilterChain)

type RouteFunction func(*Request, *Response)

type WebService struct{}

const MIME_JSON = "application/json"

func (w *WebService) Path(root string) *WebService
func (w *WebService) Consumes(contentTypes ...string) *WebService
func (w *WebService) GET(subPath string) *RouteBuilder
func (w *WebService) POST(subPath string) *RouteBuilder
func (w *WebService) Route(builder *RouteBuilder) *WebService

type RouteBuilder struct{}

func (b *RouteBuilder) Consumes(mimeTypes ...string) *RouteBuilder

func (b *RouteBuilder) To(function RouteFunction) *RouteBuilder
