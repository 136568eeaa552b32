package csrf

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-contrib/sessions"
	"github.com/gin-contrib/sessions/cookie"
	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	fibercsrf "github.com/gofiber/fiber/v2/middleware/csrf"
	gorillacsrf "github.com/gorilla/csrf"
	"github.com/justinas/nosurf"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	gincsrf "github.com/utrack/gin-csrf"
)

// attack is a form of another site. Its cookies are what the browser adds.
func attack(path string, cookies ...*http.Cookie) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "https://app.example"+path, nil)
	r.Header.Set("Origin", "https://evil.example")
	r.Header.Set("Referer", "https://evil.example/")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	return r
}

// A target notes whether its handler ran.
type target struct{ ran bool }

func (t *target) ServeHTTP(http.ResponseWriter, *http.Request) { t.ran = true }

// check sends the attack, and compares whether the handler ran.
func check(t *testing.T, name string, want bool, protect func(http.Handler) http.Handler) {
	t.Helper()
	app := &target{}
	protect(app).ServeHTTP(httptest.NewRecorder(), attack("/hook/x"))
	if app.ran != want {
		t.Errorf("%s: the handler ran: %t", name, app.ran)
	}
}

func TestCrossOriginProtection(t *testing.T) {
	with := func(set func(*http.CrossOriginProtection, http.Handler)) func(http.Handler) http.Handler {
		return func(app http.Handler) http.Handler {
			protection := http.NewCrossOriginProtection()
			set(protection, app)
			return protection.Handler(app)
		}
	}
	bypass := func(pattern string) func(http.Handler) http.Handler {
		return with(func(p *http.CrossOriginProtection, _ http.Handler) { p.AddInsecureBypassPattern(pattern) })
	}
	trust := func(origin string) func(http.Handler) http.Handler {
		return with(func(p *http.CrossOriginProtection, _ http.Handler) { _ = p.AddTrustedOrigin(origin) })
	}
	check(t, "plain", false, with(func(*http.CrossOriginProtection, http.Handler) {}))
	for pattern, exempts := range map[string]bool{
		"/": true, "POST /{path...}": true, "app.example/": true, "/hook/": true, "/{$}": false, "GET /": false, "/hook": false,
	} {
		check(t, "bypass "+pattern, exempts, bypass(pattern))
	}
	check(t, "deny handler serves", true, with(func(p *http.CrossOriginProtection, app http.Handler) { p.SetDenyHandler(app) }))
	check(t, "deny handler refuses", false, with(func(p *http.CrossOriginProtection, _ http.Handler) { p.SetDenyHandler(http.NotFoundHandler()) }))
	check(t, "trusted", true, trust("https://evil.example"))
	for _, never := range []string{"https://*.example", "https://EVIL.example", "https://evil.example:443", "https://evil.example/"} {
		check(t, "trusted "+never, false, trust(never))
	}
	check(t, "result not used", true, func(app http.Handler) http.Handler {
		http.NewCrossOriginProtection().Handler(app)
		return app
	})
	check(t, "around nothing", true, func(app http.Handler) http.Handler {
		_ = http.NewCrossOriginProtection().AddTrustedOrigin("https://app.example")
		return app
	})
	check(t, "error only logged", true, func(app http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := http.NewCrossOriginProtection().Check(r); err != nil {
				t.Log(err)
			}
			app.ServeHTTP(w, r)
		})
	})
	check(t, "error not looked at", true, func(app http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_ = http.NewCrossOriginProtection().Check(r)
			app.ServeHTTP(w, r)
		})
	})
}

func TestGorilla(t *testing.T) {
	check(t, "plain", false, gorillacsrf.Protect(key))
	check(t, "error handler serves", true, func(app http.Handler) http.Handler {
		return gorillacsrf.Protect(key, gorillacsrf.ErrorHandler(app))(app)
	})
	check(t, "check skipped", true, func(app http.Handler) http.Handler {
		protected := gorillacsrf.Protect(key)(app)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			protected.ServeHTTP(w, gorillacsrf.UnsafeSkipCheck(r))
		})
	})
}

func TestNosurf(t *testing.T) {
	with := func(set func(*nosurf.CSRFHandler, http.Handler)) func(http.Handler) http.Handler {
		return func(app http.Handler) http.Handler {
			handler := nosurf.New(app)
			set(handler, app)
			return handler
		}
	}
	check(t, "plain", false, with(func(*nosurf.CSRFHandler, http.Handler) {}))
	check(t, "regexp in the middle", true, with(func(h *nosurf.CSRFHandler, _ http.Handler) { h.ExemptRegexp("ook") }))
	check(t, "anchored regexp", false, with(func(h *nosurf.CSRFHandler, _ http.Handler) { h.ExemptRegexp("^ook$") }))
	check(t, "predicate", true, with(func(h *nosurf.CSRFHandler, _ http.Handler) {
		h.ExemptFunc(func(*http.Request) bool { return true })
	}))
	check(t, "configured and not served", true, func(app http.Handler) http.Handler {
		nosurf.New(app).ExemptPath("/hooks/payment")
		return app
	})
	check(t, "failure handler serves", true, with(func(h *nosurf.CSRFHandler, app http.Handler) { h.SetFailureHandler(app) }))
}

func TestEcho(t *testing.T) {
	for name, c := range map[string]struct {
		config middleware.CSRFConfig
		passes bool
	}{
		"plain":     {middleware.CSRFConfig{}, false},
		"skipped":   {middleware.CSRFConfig{Skipper: func(echo.Context) bool { return true }}, true},
		"let in":    {middleware.CSRFConfig{AllowSecFetchSiteFunc: func(echo.Context) (bool, error) { return true, nil }}, true},
		"not so":    {middleware.CSRFConfig{AllowSecFetchSiteFunc: func(echo.Context) (bool, error) { return false, nil }}, false},
		"by cookie": {middleware.CSRFConfig{TokenLookup: "cookie:_csrf"}, false}, // Sec-Fetch-Site is compared as well
	} {
		app := echo.New()
		app.Use(middleware.CSRFWithConfig(c.config))
		ran := false
		app.POST("/hook/x", func(echo.Context) error { ran = true; return nil })
		app.ServeHTTP(httptest.NewRecorder(), attack("/hook/x", &http.Cookie{Name: "_csrf", Value: "0123456789"}))
		if ran != c.passes {
			t.Errorf("%s: the handler ran: %t", name, ran)
		}
	}
}

// A token that is looked for in its cookie is compared with itself: a browser
// that sends no Sec-Fetch-Site has nothing else to stop it.
func TestEchoOldBrowser(t *testing.T) {
	for lookup, passes := range map[string]bool{"cookie:_csrf": true, "header:X-CSRF-Token": false} {
		app := echo.New()
		app.Use(middleware.CSRFWithConfig(middleware.CSRFConfig{TokenLookup: lookup}))
		ran := false
		app.POST("/hook/x", func(echo.Context) error { ran = true; return nil })
		r := attack("/hook/x", &http.Cookie{Name: "_csrf", Value: "0123456789"})
		r.Header.Del("Sec-Fetch-Site")
		app.ServeHTTP(httptest.NewRecorder(), r)
		if ran != passes {
			t.Errorf("%s: the handler ran: %t", lookup, ran)
		}
	}
}

func TestFiberProtection(t *testing.T) {
	for name, c := range map[string]struct {
		config fibercsrf.Config
		passes bool
	}{
		"plain":      {fibercsrf.Config{}, false},
		"next":       {fibercsrf.Config{Next: func(*fiber.Ctx) bool { return true }}, true},
		"goes on":    {fibercsrf.Config{ErrorHandler: func(c *fiber.Ctx, _ error) error { return c.Next() }}, true},
		"by refuses": {fibercsrf.Config{ErrorHandler: func(*fiber.Ctx, error) error { return fiber.ErrForbidden }}, false},
	} {
		app := fiber.New()
		app.Use(fibercsrf.New(c.config))
		ran := false
		app.Post("/hook/x", func(*fiber.Ctx) error { ran = true; return nil })
		if _, err := app.Test(attack("/hook/x")); err != nil {
			t.Fatal(err)
		}
		if ran != c.passes {
			t.Errorf("%s: the handler ran: %t", name, ran)
		}
	}
}

// In gin only Abort keeps the next handler from running.
func TestAbort(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	for name, c := range map[string]struct {
		refuse gin.HandlerFunc
		runs   bool
	}{
		"returns": {func(c *gin.Context) { c.JSON(http.StatusForbidden, nil) }, true},
		"aborts":  {func(c *gin.Context) { c.AbortWithStatusJSON(http.StatusForbidden, nil) }, false},
		"aborts after": {func(c *gin.Context) {
			c.JSON(http.StatusForbidden, nil)
			c.Abort()
		}, false},
	} {
		for how, use := range map[string]func(*gin.Engine){
			"middleware": func(e *gin.Engine) { e.Use(c.refuse) },
			"gin-csrf": func(e *gin.Engine) {
				e.Use(sessions.Sessions("session", cookie.NewStore(key)))
				e.Use(gincsrf.Middleware(gincsrf.Options{Secret: "secret", ErrorFunc: c.refuse}))
			},
		} {
			engine := gin.New()
			use(engine)
			ran := false
			engine.POST("/hook/x", func(*gin.Context) { ran = true })
			engine.ServeHTTP(httptest.NewRecorder(), attack("/hook/x"))
			if ran != c.runs {
				t.Errorf("%s, %s: the handler ran: %t", how, name, ran)
			}
		}
	}
}
