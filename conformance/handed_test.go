package conformance

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	_ "github.com/danielgtaylor/huma/v2/adapters/humabunrouter" // whose symbols the models have
	_ "github.com/danielgtaylor/huma/v2/adapters/humachi"
	_ "github.com/danielgtaylor/huma/v2/adapters/humaecho"
	_ "github.com/danielgtaylor/huma/v2/adapters/humafiber"
	_ "github.com/danielgtaylor/huma/v2/adapters/humaflow"
	_ "github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	_ "github.com/danielgtaylor/huma/v2/adapters/humahttprouter"
	_ "github.com/danielgtaylor/huma/v2/adapters/humamux"
	rpc1 "github.com/gorilla/rpc"
	json1 "github.com/gorilla/rpc/json"
	"github.com/gorilla/rpc/v2"
	"github.com/gorilla/rpc/v2/json2"
	goahttp "goa.design/goa/v3/http"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
)

// decodes posts a body of JSON with each type that a foreign page can send, and compares
// with whether the model says that the handler is given it.
func decodes(t *testing.T, name string, handler http.Handler, body string, given *string, kinds []string) {
	t.Helper()
	for _, contentType := range web.SimpleTypes {
		*given = ""
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		if contentType != "" {
			r.Header.Set("Content-Type", contentType)
		}
		handler.ServeHTTP(httptest.NewRecorder(), r)
		if got, want := *given == "sent", slices.Contains(kinds, web.BodyKind(contentType)); got != want {
			t.Errorf("%s decodes %q: %v, the model says %v", name, contentType, got, want)
		}
	}
}

func TestHuma(t *testing.T) {
	var given string
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("notes", "1"))
	huma.Post(api, "/", func(_ context.Context, in *struct{ Body note }) (*struct{}, error) {
		given = in.Body.Text
		return nil, nil
	})
	decodes(t, "huma", mux, `{"text":"sent"}`, &given, model.Builtin().Find("route", "github.com/danielgtaylor/huma/v2.Post").List("body"))
}

// A Notebook is served by gorilla/rpc, which asks for types with exported names.
type Notebook struct{ given string }

// A Page is what a Notebook is given.
type Page struct{ Text string }

// Add is called under the name Notebook.Add.
func (n *Notebook) Add(_ *http.Request, added *Page, _ *Page) error {
	n.given = added.Text
	return nil
}

// TestRPC has gorilla/rpc decode with one codec, and with two.
func TestRPC(t *testing.T) {
	for second, kinds := range map[string][]string{"": {"none"}, "application/json; charset=UTF-8": nil, "text/plain": {"text", "tricked"}} {
		old, server, notebook := rpc1.NewServer(), rpc.NewServer(), new(Notebook)
		old.RegisterCodec(json1.NewCodec(), "application/json")
		server.RegisterCodec(json2.NewCodec(), "application/json")
		if second != "" {
			old.RegisterCodec(json1.NewCodec(), second)
			server.RegisterCodec(json2.NewCodec(), second)
		}
		old.RegisterService(notebook, "")
		server.RegisterService(notebook, "")
		decodes(t, "gorilla/rpc", old, `{"method":"Notebook.Add","params":[{"text":"sent"}],"id":1}`, &notebook.given, kinds)
		decodes(t, "gorilla/rpc/v2", server, `{"jsonrpc":"2.0","method":"Notebook.Add","params":{"text":"sent"},"id":1}`, &notebook.given, kinds)
	}
}

// TestGoa has the decoder that goa's generated code is given decode.
func TestGoa(t *testing.T) {
	var given string
	mux := goahttp.NewMuxer()
	mux.Handle(http.MethodPost, "/", func(_ http.ResponseWriter, r *http.Request) {
		var n note
		if err := goahttp.RequestDecoder(r).Decode(&n); err == nil {
			given = n.Text
		}
	})
	row := model.Builtin().Find("body.decode", "(goa.design/goa/v3/http.Decoder).Decode")
	decodes(t, "goa", mux, `{"text":"sent"}`, &given, row.List("json"))
}
