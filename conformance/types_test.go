package conformance

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	chi "github.com/go-chi/chi/v5/middleware"
	"github.com/gofiber/fiber/v2"
	fiber3 "github.com/gofiber/fiber/v3"
	"github.com/gorilla/handlers"

	"github.com/soplint/soplint/internal/web"
)

// TestTypes has middleware that is given JSON's type refuse what a foreign page can send,
// and fiber tell that it is none.
func TestTypes(t *testing.T) {
	for _, contentType := range append([]string{"application/json; charset=utf-8"}, web.SimpleTypes...) {
		want := web.BodyKind(contentType) == "json"
		reached := false
		inner := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true })
		for name, handler := range map[string]http.Handler{
			"chi's AllowContentType":       chi.AllowContentType("application/json")(inner),
			"gorilla's ContentTypeHandler": handlers.ContentTypeHandler(inner, "application/json"),
		} {
			reached = false
			handler.ServeHTTP(httptest.NewRecorder(), typed(contentType))
			if reached != want {
				t.Errorf("%s hands on %q: %v", name, contentType, reached)
			}
		}
		second, third := fiber.New(), fiber3.New()
		second.Post("/", func(c *fiber.Ctx) error { reached = c.Is("json"); return nil })
		third.Post("/", func(c fiber3.Ctx) error { reached = c.Is("json"); return nil })
		reached = false // fiber itself refuses a form without parts
		if _, err := second.Test(typed(contentType)); reached != want {
			t.Errorf("fiber v2 takes %q for JSON: %v, %v", contentType, reached, err)
		}
		reached = false
		if _, err := third.Test(typed(contentType)); reached != want {
			t.Errorf("fiber v3 takes %q for JSON: %v, %v", contentType, reached, err)
		}
	}
}

func typed(contentType string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("{}"))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}
