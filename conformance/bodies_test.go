package conformance

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/kataras/iris/v12"
	"github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"
	"github.com/zeromicro/go-zero/rest/httpx"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
)

// A note is declared for JSON and for nothing else.
type note struct {
	Text string `json:"text"`
}

// binders are those of the models, by symbol: each says with what it fills a note,
// "" for nothing, and whether it returns an error.
var binders = map[string]func(*http.Request) (string, error){
	"(*github.com/gin-gonic/gin.Context).BindJSON": withGin(func(c *gin.Context, n *note) error { return c.BindJSON(n) }),
	"(*github.com/gin-gonic/gin.Context).ShouldBindJSON": withGin(func(c *gin.Context, n *note) error {
		return c.ShouldBindJSON(n)
	}),
	"(*github.com/gin-gonic/gin.Context).ShouldBindBodyWithJSON": withGin(func(c *gin.Context, n *note) error {
		return c.ShouldBindBodyWithJSON(n)
	}),
	"(*github.com/gin-gonic/gin.Context).Bind":       withGin(func(c *gin.Context, n *note) error { return c.Bind(n) }),
	"(*github.com/gin-gonic/gin.Context).ShouldBind": withGin(func(c *gin.Context, n *note) error { return c.ShouldBind(n) }),
	"(github.com/labstack/echo/v4.Context).Bind":     withEcho,
	"(*github.com/labstack/echo/v5.Context).Bind":    withEcho5,
	"(*github.com/gofiber/fiber/v2.Ctx).BodyParser":  withFiber,
	"(*github.com/kataras/iris/v12/context.Context).ReadJSON": withIris(func(c iris.Context, n *note) error {
		return c.ReadJSON(n)
	}),
	"(*github.com/kataras/iris/v12/context.Context).ReadBody": withIris(func(c iris.Context, n *note) error {
		return c.ReadBody(n)
	}),
	"github.com/zeromicro/go-zero/rest/httpx.ParseJsonBody": func(r *http.Request) (string, error) {
		var n note
		err := httpx.ParseJsonBody(r, &n)
		return n.Text, err
	},
}

func withGin(bind func(*gin.Context, *note) error) func(*http.Request) (string, error) {
	return func(r *http.Request) (string, error) {
		var n note
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = r
		err := bind(c, &n)
		return n.Text, err
	}
}

func withEcho(r *http.Request) (string, error) {
	var n note
	err := echo.New().NewContext(r, httptest.NewRecorder()).Bind(&n)
	return n.Text, err
}

func withEcho5(r *http.Request) (string, error) {
	var n note
	err := echo5.New().NewContext(r, httptest.NewRecorder()).Bind(&n)
	return n.Text, err
}

func withFiber(r *http.Request) (text string, err error) {
	app := fiber.New()
	app.Post("/", func(c *fiber.Ctx) error {
		var n note
		err = c.BodyParser(&n)
		text = n.Text
		return nil
	})
	if _, failed := app.Test(r); failed != nil {
		return "", failed
	}
	return text, err
}

func withIris(bind func(iris.Context, *note) error) func(*http.Request) (string, error) {
	return func(r *http.Request) (text string, err error) {
		app := iris.New()
		app.Post("/", func(c iris.Context) {
			var n note
			err = bind(c, &n)
			text = n.Text
		})
		if failed := app.Build(); failed != nil {
			return "", failed
		}
		app.ServeHTTP(httptest.NewRecorder(), r)
		return text, err
	}
}

// posted makes a POST that a foreign page can send, with a body of JSON, or one
// that has the note's fields as a form of that type.
func posted(contentType string, asForm bool) *http.Request {
	body := io.Reader(strings.NewReader(`{"text":"sent"}`))
	if asForm {
		body = strings.NewReader(url.Values{"text": {"sent"}, "Text": {"sent"}}.Encode())
		if web.BodyKind(contentType) == "multipart" {
			body = parts()
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/", body)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

func parts() io.Reader {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.SetBoundary("b")
	w.WriteField("text", "sent")
	w.WriteField("Text", "sent")
	w.Close()
	return &body
}

// TestBinders compares what the models say of each binder under each type that a
// foreign page can send with what it does.
func TestBinders(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	for symbol, bind := range binders {
		row := model.Builtin().Find("body.bind", symbol)
		if row == nil {
			t.Errorf("%s has no row", symbol)
			continue
		}
		for _, contentType := range web.SimpleTypes {
			kind := web.BodyKind(contentType)
			asJSON, _ := bind(posted(contentType, false))
			if got, want := asJSON == "sent", row.Arg("json") == "any" || slices.Contains(row.List("json"), kind); got != want {
				t.Errorf("%s takes %q for JSON: %v, the model says %v", symbol, contentType, got, want)
			}
			asForm, err := bind(posted(contentType, true))
			if got, want := asForm == "sent", slices.Contains(row.List("form"), kind); got != want && row.Arg("json") != "any" {
				t.Errorf("%s fills from a form sent as %q: %v, the model says %v", symbol, contentType, got, want)
			}
			if got, want := asForm == "" && err == nil, slices.Contains(row.List("empty"), kind); got != want && asForm == "" {
				t.Errorf("%s leaves what is sent as %q: %v (%v), the model says %v", symbol, contentType, got, err, want)
			}
		}
	}
}
