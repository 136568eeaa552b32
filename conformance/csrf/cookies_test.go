package csrf

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/alexedwards/scs/v2"
	ginsessions "github.com/gin-contrib/sessions"
	"github.com/gin-contrib/sessions/cookie"
	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	fibersession "github.com/gofiber/fiber/v2/middleware/session"
	"github.com/gorilla/sessions"
	sessions122 "old.example/sessions122"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
)

var key = []byte("0123456789abcdef0123456789abcdef")

// setCookie is the Set-Cookie header that a handler answers with.
func setCookie(t *testing.T, handler http.Handler) web.SetCookie {
	t.Helper()
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	header := w.Header().Get("Set-Cookie")
	if header == "" {
		t.Fatal("no cookie is set")
	}
	return web.ParseSetCookie(header)
}

// saver is what stores have in common.
type saver interface {
	Save(r *http.Request, w http.ResponseWriter, s *sessions.Session) error
	Get(r *http.Request, name string) (*sessions.Session, error)
}

func gorilla(store saver) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, _ := store.Get(r, "session")
		session.Values["user"] = "1"
		if err := store.Save(r, w, session); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

func gorilla122(store *sessions122.CookieStore) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, _ := store.Get(r, "session")
		session.Values["user"] = "1"
		if err := store.Save(r, w, session); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

func ginStore(store ginsessions.Store) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(ginsessions.Sessions("session", store))
	engine.GET("/", func(c *gin.Context) {
		session := ginsessions.Default(c)
		session.Set("user", "1")
		if err := session.Save(); err != nil {
			c.AbortWithStatus(http.StatusInternalServerError)
		}
	})
	return engine
}

// Stores that are given no options set the cookie that their rows say.
func TestStores(t *testing.T) {
	for symbol, handler := range map[string]http.Handler{
		"github.com/gorilla/sessions.NewCookieStore":      gorilla(sessions.NewCookieStore(key)),
		"github.com/gorilla/sessions.NewFilesystemStore":  gorilla(sessions.NewFilesystemStore(t.TempDir(), key)),
		"github.com/gin-contrib/sessions/cookie.NewStore": ginStore(cookie.NewStore(key)),
	} {
		row := model.Builtin().Find("session.store", symbol)
		if row == nil {
			t.Errorf("no row for %s", symbol)
			continue
		}
		got := setCookie(t, handler)
		if got.SameSite != web.ParseSameSite(row.Arg("samesite")) || got.Secure != (row.Arg("secure") == "true") {
			t.Errorf("%s: %+v, the row says %v", symbol, got, row.Args)
		}
	}
}

// Releases before the border of the row differ as it says.
func TestOldStore(t *testing.T) {
	row := model.Builtin().Find("session.store", "github.com/gorilla/sessions.NewCookieStore")
	_, before, _ := strings.Cut(row.Arg("before"), ",")
	if got := setCookie(t, gorilla122(sessions122.NewCookieStore(key))); got.SameSite != web.ParseSameSite(before) {
		t.Errorf("v1.2.2: %+v, the row says %s", got, before)
	}
}

// Options that replace the store's as a whole lose the attribute.
func TestReplacedOptions(t *testing.T) {
	store := sessions.NewCookieStore(key)
	store.Options = &sessions.Options{Path: "/", HttpOnly: true}
	if got := setCookie(t, gorilla(store)); got.SameSite != web.SameSiteUnset {
		t.Errorf("%+v", got)
	}
}

func TestSCS(t *testing.T) {
	manager := scs.New()
	got := setCookie(t, manager.LoadAndSave(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		manager.Put(r.Context(), "user", "1")
	})))
	if got.SameSite != web.SameSiteLax {
		t.Errorf("%+v", got)
	}
}

// gin takes SameSite from a call that comes before SetCookie.
func TestGin(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	for order, want := range map[string]web.SameSite{"before": web.SameSiteLax, "after": web.SameSiteUnset} {
		engine := gin.New()
		engine.GET("/", func(c *gin.Context) {
			if order == "before" {
				c.SetSameSite(http.SameSiteLaxMode)
			}
			c.SetCookie("session", "1", 60, "/", "", true, true)
			c.SetSameSite(http.SameSiteLaxMode)
		})
		if got := setCookie(t, engine); got.SameSite != want {
			t.Errorf("SetSameSite %s SetCookie: %+v", order, got)
		}
	}
}

// fiber's default is what its rows say, and None brings Secure with it.
func TestFiber(t *testing.T) {
	for value, want := range map[string]web.SetCookie{
		"":         {SameSite: web.SameSiteLax},
		"Bogus":    {SameSite: web.SameSiteLax},
		"None":     {SameSite: web.SameSiteNone, Secure: true},
		"disabled": {},
	} {
		cookies := fiberCookie(t, func(c *fiber.Ctx) error {
			c.Cookie(&fiber.Cookie{Name: "session", Value: "1", SameSite: value})
			return nil
		})
		if cookies.SameSite != want.SameSite || cookies.Secure != want.Secure {
			t.Errorf("%q: %+v", value, cookies)
		}
	}
	store := fibersession.New()
	if got := fiberCookie(t, func(c *fiber.Ctx) error {
		session, err := store.Get(c)
		if err != nil {
			return err
		}
		session.Set("user", "1")
		return session.Save()
	}); got.SameSite != web.SameSiteLax {
		t.Errorf("session: %+v", got)
	}
}

func fiberCookie(t *testing.T, handler fiber.Handler) web.SetCookie {
	t.Helper()
	app := fiber.New()
	app.Get("/", handler)
	response, err := app.Test(httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	return web.ParseSetCookie(response.Header.Get("Set-Cookie"))
}
