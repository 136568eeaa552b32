package conformance

import (
	"net/http"
	"net/http/httptest"
	"testing"

	gincors "github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"github.com/julienschmidt/httprouter"
	"github.com/kataras/iris/v12"
	iriscors "github.com/kataras/iris/v12/middleware/cors"
	echo4 "github.com/labstack/echo/v4"

	"github.com/soplint/soplint/internal/model"
)

// refuse is middleware that never calls what comes next.
func refuse(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
}

// reached tells which of two routes still run their handler after middleware was
// added between their registrations.
type reached struct{ before, after bool }

// TestLateMiddleware holds late= in routes.model against the routers: whether
// middleware runs before the handlers that were registered earlier.
func TestLateMiddleware(t *testing.T) {
	for symbol, router := range map[string]func(*reached) http.Handler{
		"(*github.com/gorilla/mux.Router).Use": func(r *reached) http.Handler {
			m := mux.NewRouter()
			m.HandleFunc("/before", func(http.ResponseWriter, *http.Request) { r.before = true })
			m.Use(refuse)
			m.HandleFunc("/after", func(http.ResponseWriter, *http.Request) { r.after = true })
			return m
		},
		"(*github.com/gin-gonic/gin.Engine).Use": func(r *reached) http.Handler {
			gin.SetMode(gin.ReleaseMode)
			e := gin.New()
			e.GET("/before", func(*gin.Context) { r.before = true })
			e.Use(func(c *gin.Context) { c.AbortWithStatus(http.StatusForbidden) })
			e.GET("/after", func(*gin.Context) { r.after = true })
			return e
		},
		"(*github.com/labstack/echo/v4.Echo).Use": func(r *reached) http.Handler {
			e := echo4.New()
			e.GET("/before", func(echo4.Context) error { r.before = true; return nil })
			e.Use(func(echo4.HandlerFunc) echo4.HandlerFunc {
				return func(c echo4.Context) error { return c.NoContent(http.StatusForbidden) }
			})
			e.GET("/after", func(echo4.Context) error { r.after = true; return nil })
			return e
		},
	} {
		var r reached
		h := router(&r)
		get(h, "/before", "")
		get(h, "/after", "")
		late := model.Builtin().Find("route.use", symbol).Arg("late") == "true"
		if r.after || r.before == late {
			t.Errorf("%s: the model says late=%v, the router let %+v through", symbol, late, r)
		}
	}
}

// chi refuses Use after a route, so that there is no question of its order.
func TestChiWantsMiddlewareFirst(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("chi takes middleware after a route")
		}
	}()
	r := chi.NewRouter()
	r.Get("/", func(http.ResponseWriter, *http.Request) {})
	r.Use(refuse)
}

// TestMethods holds method= in routes.model against the routers.
func TestMethods(t *testing.T) {
	hit := func(http.ResponseWriter, *http.Request) {}
	for name, test := range map[string]struct {
		router  http.Handler
		methods map[string]int
	}{
		"net/http with a method": {muxWith("GET /x"), map[string]int{"GET": 200, "HEAD": 200, "POST": 405}},
		"net/http without":       {muxWith("/x"), map[string]int{"GET": 200, "HEAD": 200, "POST": 200}},
		"chi":                    {withChi(func(r chi.Router) { r.Get("/x", hit) }), map[string]int{"GET": 200, "HEAD": 405, "POST": 405}},
		"chi with a method in the pattern": {
			withChi(func(r chi.Router) { r.HandleFunc("POST /x", hit) }), map[string]int{"GET": 405, "POST": 200}},
		"httprouter": {withHTTPRouter(hit), map[string]int{"GET": 405, "POST": 200}},
	} {
		for method, want := range test.methods {
			rec := httptest.NewRecorder()
			test.router.ServeHTTP(rec, httptest.NewRequest(method, "http://api.example.net/x", nil))
			if rec.Code != want {
				t.Errorf("%s: %s answers %d, want %d", name, method, rec.Code, want)
			}
		}
	}
}

func muxWith(pattern string) http.Handler {
	m := http.NewServeMux()
	m.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
	return m
}

func withChi(register func(chi.Router)) http.Handler {
	r := chi.NewRouter()
	register(r)
	return r
}

func withHTTPRouter(h http.HandlerFunc) http.Handler {
	r := httprouter.New()
	r.HandlerFunc("POST", "/x", h)
	return r
}

// TestRefusing holds refuses=true against the CORS libraries: a request from an
// origin that is not listed does not reach the handler.
func TestRefusing(t *testing.T) {
	const listed, stranger = "https://app.example.com", "https://evil.example"
	for symbol, serve := range map[string]func(ran *bool) http.Handler{
		"github.com/gin-contrib/cors.New": func(ran *bool) http.Handler {
			e := gin.New()
			e.Use(gincors.New(gincors.Config{AllowOrigins: []string{listed}}))
			e.GET("/", func(*gin.Context) { *ran = true })
			return e
		},
		"(*github.com/kataras/iris/v12/middleware/cors.CORS).Handler": func(ran *bool) http.Handler {
			app := iris.New()
			app.UseRouter(iriscors.New().AllowOrigins(listed).Handler())
			app.Get("/", func(iris.Context) { *ran = true })
			if err := app.Build(); err != nil {
				t.Fatal(err)
			}
			return app
		},
	} {
		var ran bool
		h := serve(&ran)
		if get(h, "/", stranger); ran {
			t.Errorf("%s lets a stranger through", symbol)
		}
		if get(h, "/", listed); !ran {
			t.Errorf("%s refuses a listed origin", symbol)
		}
		if model.Builtin().Find("cors.new", symbol).Arg("refuses") != "true" {
			t.Errorf("the row of %s does not say that it refuses", symbol)
		}
	}
}

func get(h http.Handler, path, origin string) {
	req := httptest.NewRequest(http.MethodGet, "http://api.example.net"+path, nil)
	if origin != "" {
		req.Header.Set("Origin", origin)
	}
	h.ServeHTTP(httptest.NewRecorder(), req)
}
