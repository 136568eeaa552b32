package conformance

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	restful2 "github.com/emicklei/go-restful"
	"github.com/emicklei/go-restful/v3"
	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/gofiber/fiber/v2"
	fiber3 "github.com/gofiber/fiber/v3"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
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
	"(*github.com/gin-gonic/gin.Context).ShouldBindWith": withGin(func(c *gin.Context, n *note) error {
		return c.ShouldBindWith(n, binding.JSON)
	}),
	"(*github.com/gin-gonic/gin.Context).MustBindWith": withGin(func(c *gin.Context, n *note) error {
		return c.MustBindWith(n, binding.JSON)
	}),
	"(*github.com/gin-gonic/gin.Context).BindYAML":       withGin(func(c *gin.Context, n *note) error { return c.BindYAML(n) }),
	"(*github.com/gin-gonic/gin.Context).ShouldBindYAML": withGin(func(c *gin.Context, n *note) error { return c.ShouldBindYAML(n) }),
	"(*github.com/gin-gonic/gin.Context).Bind":           withGin(func(c *gin.Context, n *note) error { return c.Bind(n) }),
	"(*github.com/gin-gonic/gin.Context).ShouldBind":     withGin(func(c *gin.Context, n *note) error { return c.ShouldBind(n) }),
	"(github.com/labstack/echo/v4.Context).Bind":         withEcho4(func(c echo.Context, n *note) error { return c.Bind(n) }),
	"(*github.com/labstack/echo/v5.Context).Bind":        withEcho5(func(c *echo5.Context, n *note) error { return c.Bind(n) }),
	"(*github.com/labstack/echo/v4.DefaultBinder).BindBody": withEcho4(func(c echo.Context, n *note) error {
		return new(echo.DefaultBinder).BindBody(c, n)
	}),
	"(github.com/labstack/echo/v4.JSONSerializer).Deserialize": withEcho4(func(c echo.Context, n *note) error {
		return c.Echo().JSONSerializer.Deserialize(c, n)
	}),
	"github.com/labstack/echo/v5.BindBody": withEcho5(func(c *echo5.Context, n *note) error { return echo5.BindBody(c, n) }),
	"(github.com/labstack/echo/v5.JSONSerializer).Deserialize": withEcho5(func(c *echo5.Context, n *note) error {
		return c.Echo().JSONSerializer.Deserialize(c, n)
	}),
	"(*github.com/gofiber/fiber/v2.Ctx).BodyParser":               withFiber,
	"(*github.com/gofiber/fiber/v3.Bind).JSON":                    withFiber3(func(b *fiber3.Bind, n *note) error { return b.JSON(n) }),
	"(*github.com/gofiber/fiber/v3.Bind).Body":                    withFiber3(func(b *fiber3.Bind, n *note) error { return b.Body(n) }),
	"(*github.com/gofiber/fiber/v3.Bind).All":                     withFiber3(func(b *fiber3.Bind, n *note) error { return b.All(n) }),
	"(*github.com/gogf/gf/v2/net/ghttp.Request).Parse":            withGoFrame(func(r *ghttp.Request, n *note) error { return r.Parse(n) }),
	"(*github.com/gogf/gf/v2/net/ghttp.Request).ParseForm":        withGoFrame(func(r *ghttp.Request, n *note) error { return r.ParseForm(n) }),
	"(*github.com/gogf/gf/v2/net/ghttp.Request).GetStruct":        withGoFrame(func(r *ghttp.Request, n *note) error { return r.GetStruct(n) }),
	"(*github.com/gogf/gf/v2/net/ghttp.Request).GetRequestStruct": withGoFrame(func(r *ghttp.Request, n *note) error { return r.GetRequestStruct(n) }),
	"(*github.com/gogf/gf/v2/net/ghttp.Request).GetFormStruct":    withGoFrame(func(r *ghttp.Request, n *note) error { return r.GetFormStruct(n) }),
	"(*github.com/gogf/gf/v2/net/ghttp.Request).GetJson": withGoFrame(func(r *ghttp.Request, n *note) error {
		document, err := r.GetJson()
		if err == nil {
			n.Text = document.Get("text").String()
		}
		return err
	}),
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
	"github.com/zeromicro/go-zero/rest/httpx.Parse": func(r *http.Request) (string, error) {
		var n struct {
			Text string `json:"text,optional"` // else what leaves it out is an error
		}
		err := httpx.Parse(r, &n)
		return n.Text, err
	},
	"(*github.com/emicklei/go-restful/v3.Request).ReadEntity": func(r *http.Request) (string, error) {
		return withRestful(new(restful.WebService), r)
	},
	"(*github.com/emicklei/go-restful.Request).ReadEntity": func(r *http.Request) (text string, err error) {
		err = errRefused
		service := new(restful2.WebService)
		service.Route(service.POST("/").To(func(r *restful2.Request, _ *restful2.Response) {
			var n note
			err = r.ReadEntity(&n)
			text = n.Text
		}))
		restful2.NewContainer().Add(service).ServeHTTP(httptest.NewRecorder(), r)
		return text, err
	},
}

// errRefused is what became of a request that its handler has not seen.
var errRefused = errors.New("the router refuses it")

func withRestful(service *restful.WebService, r *http.Request) (text string, err error) {
	err = errRefused
	service.Route(service.POST("/").To(func(r *restful.Request, _ *restful.Response) {
		var n note
		err = r.ReadEntity(&n)
		text = n.Text
	}))
	restful.NewContainer().Add(service).ServeHTTP(httptest.NewRecorder(), r)
	return text, err
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

func withEcho4(bind func(echo.Context, *note) error) func(*http.Request) (string, error) {
	return func(r *http.Request) (string, error) {
		var n note
		err := bind(echo.New().NewContext(r, httptest.NewRecorder()), &n)
		return n.Text, err
	}
}

func withEcho5(bind func(*echo5.Context, *note) error) func(*http.Request) (string, error) {
	return func(r *http.Request) (string, error) {
		var n note
		err := bind(echo5.New().NewContext(r, httptest.NewRecorder()), &n)
		return n.Text, err
	}
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

func withFiber3(bind func(*fiber3.Bind, *note) error) func(*http.Request) (string, error) {
	return func(r *http.Request) (text string, err error) {
		app := fiber3.New()
		app.Post("/", func(c fiber3.Ctx) error {
			var n note
			err = bind(c.Bind(), &n)
			text = n.Text
			return nil
		})
		if _, failed := app.Test(r); failed != nil {
			return "", failed
		}
		return text, err
	}
}

// startFrame starts goframe's server, which runs the handler of each request's context.
var startFrame = sync.OnceValues(func() (*ghttp.Server, error) {
	app := g.Server("bodies")
	app.SetAddr("127.0.0.1:0")
	app.SetDumpRouterMap(false)
	app.SetErrorLogEnabled(false)
	app.BindHandler("POST:/", func(r *ghttp.Request) { r.Context().Value(frameHandler{}).(func(*ghttp.Request))(r) })
	return app, app.Start()
})

// withGoFrame counts the panics of goframe, which it answers with 500, as errors.
func withGoFrame(bind func(*ghttp.Request, *note) error) func(*http.Request) (string, error) {
	return func(r *http.Request) (text string, err error) {
		app, err := startFrame()
		if err != nil {
			return "", err
		}
		err = errors.New("the handler does not end")
		handler := func(r *ghttp.Request) {
			var n note
			err = bind(r, &n)
			text = n.Text
		}
		app.ServeHTTP(httptest.NewRecorder(), r.WithContext(context.WithValue(r.Context(), frameHandler{}, handler)))
		return text, err
	}
}

// frameHandler is the key of what handles a request of goframe's server.
type frameHandler struct{}

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

// TestConsumes posts to a route that says which types it consumes.
func TestConsumes(t *testing.T) {
	for _, contentType := range web.SimpleTypes {
		if text, err := withRestful(new(restful.WebService).Consumes(restful.MIME_JSON), posted(contentType, false)); err != errRefused {
			t.Errorf("go-restful hands on %q: %q, %v", contentType, text, err)
		}
	}
}
