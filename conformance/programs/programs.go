// Package programs configures CORS libraries as programs do. Its functions are
// run by the tests, and their source is what soplint is given to analyse, with
// one configuration of the tables after the other in place of the parameter.
// So what is run and what is reported on cannot differ.
//
// There is one library a file.
package programs

import (
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/valyala/fasthttp"

	"github.com/soplint/soplint/internal/corsconfig"
)

// A Serve answers one request with its response headers.
type Serve func(*http.Request) http.Header

// ThroughHandler serves requests through a net/http handler.
func ThroughHandler(h http.Handler) Serve {
	return func(req *http.Request) http.Header {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		return rec.Result().Header
	}
}

// ThroughFastHTTP serves requests through a handler of fasthttp.
func ThroughFastHTTP(h fasthttp.RequestHandler) Serve {
	return func(req *http.Request) http.Header {
		var ctx fasthttp.RequestCtx
		ctx.Request.Header.SetMethod(req.Method)
		ctx.Request.SetRequestURI(req.URL.String())
		ctx.Request.Header.Set("Origin", req.Header.Get("Origin"))
		h(&ctx)
		answer := http.Header{}
		for name, value := range ctx.Response.Header.All() {
			answer.Add(string(name), string(value))
		}
		return answer
	}
}

// HeaderOf is for frameworks whose test entry point returns a response.
func HeaderOf(resp *http.Response, err error) http.Header {
	if err != nil {
		return http.Header{"Access-Control-Allow-Origin": {"no response: " + err.Error()}}
	}
	resp.Body.Close()
	return resp.Header
}

// OK is what the middlewares wrap.
func OK(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }

// Line is a list for a library that takes one string.
func Line(c corsconfig.Config) string { return strings.Join(c.Origins, ",") }

// Callbacks for the configurations of the tables.

// AcceptAll accepts every origin.
func AcceptAll(string) bool { return true }

// AcceptNone accepts no origin.
func AcceptNone(string) bool { return false }

// AcceptSuffix accepts too much.
func AcceptSuffix(origin string) bool { return strings.HasSuffix(origin, "example.com") }
