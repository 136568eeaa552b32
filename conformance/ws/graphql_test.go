package ws

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
)

// transports are those of the models, by symbol.
var transports = map[string]graphql.Transport{
	"github.com/99designs/gqlgen/graphql/handler/transport.POST":           transport.POST{},
	"github.com/99designs/gqlgen/graphql/handler/transport.GET":            transport.GET{},
	"github.com/99designs/gqlgen/graphql/handler/transport.GRAPHQL":        transport.GRAPHQL{},
	"github.com/99designs/gqlgen/graphql/handler/transport.MultipartForm":  transport.MultipartForm{},
	"github.com/99designs/gqlgen/graphql/handler/transport.UrlEncodedForm": transport.UrlEncodedForm{},
}

// TestGraphQL compares what the models say of the bodies that servers and transports take
// mutations from with what they do, of those that a foreign page can send.
func TestGraphQL(t *testing.T) {
	for symbol, added := range transports {
		server := func(schema graphql.ExecutableSchema) http.Handler {
			s := handler.New(schema)
			s.AddTransport(added)
			return s
		}
		takesMutations(t, symbol, server, model.Builtin().Find("graphql.transport", symbol))
	}
	symbol := "github.com/99designs/gqlgen/graphql/handler.NewDefaultServer"
	byDefault := func(schema graphql.ExecutableSchema) http.Handler { return handler.NewDefaultServer(schema) }
	takesMutations(t, symbol, byDefault, model.Builtin().Find("graphql.server", symbol))
	symbol = "github.com/99designs/gqlgen/graphql/handler.New"
	bare := func(schema graphql.ExecutableSchema) http.Handler { return handler.New(schema) }
	takesMutations(t, symbol, bare, model.Builtin().Find("graphql.server", symbol))
}

func takesMutations(t *testing.T, symbol string, server func(graphql.ExecutableSchema) http.Handler, row *model.Row) {
	t.Helper()
	if row == nil {
		t.Errorf("%s has no row", symbol)
		return
	}
	for _, contentType := range web.SimpleTypes {
		if got, want := mutates(server, contentType), slices.Contains(row.List("form"), web.BodyKind(contentType)); got != want {
			t.Errorf("%s takes a mutation sent as %q: %v, the model says %v", symbol, contentType, got, want)
		}
	}
	query := httptest.NewRequest(http.MethodGet, "/?query="+url.QueryEscape(mutation), nil)
	if sent(server, query) {
		t.Errorf("%s takes a mutation by GET", symbol)
	}
}

const (
	mutation = "mutation { delete }"
	inJSON   = `{"query":"mutation { delete }"}`
)

// mutates reports whether a mutation in any of the usual bodies runs, under one type.
func mutates(server func(graphql.ExecutableSchema) http.Handler, contentType string) bool {
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	parts.SetBoundary("b")
	parts.WriteField("operations", inJSON)
	parts.WriteField("map", "{}")
	parts.Close()
	for _, body := range []string{inJSON, mutation, "query=" + url.QueryEscape(mutation), "query=" + mutation, form.String()} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		if contentType != "" {
			r.Header.Set("Content-Type", contentType)
		}
		if sent(server, r) {
			return true
		}
	}
	return false
}

// sent reports whether a request has a mutation run.
func sent(server func(graphql.ExecutableSchema) http.Handler, r *http.Request) bool {
	ran := false
	schema := &graphql.ExecutableSchemaMock{
		SchemaFunc: func() *ast.Schema {
			return gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { list: Boolean } type Mutation { delete: Boolean }"})
		},
		ComplexityFunc: func(context.Context, string, string, int, map[string]any) (int, bool) { return 0, false },
		ExecFunc: func(ctx context.Context) graphql.ResponseHandler {
			ran = ran || graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation
			return graphql.OneShot(&graphql.Response{Data: []byte("{}")})
		},
	}
	w := httptest.NewRecorder()
	server(schema).ServeHTTP(w, r)
	io.Copy(io.Discard, w.Body)
	return ran
}
