package conformance

import (
	"net/http"
	"net/http/httptest"
	"testing"

	ginsecure "github.com/gin-contrib/secure"
	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/helmet"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/unrolled/secure"
)

// protecting are the headers that rows of the role header.holds name.
var protecting = []string{
	"X-Frame-Options", "Content-Security-Policy", "Content-Security-Policy-Report-Only",
	"Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy",
}

func protection(t *testing.T, handler http.Handler) map[string]string {
	t.Helper()
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/", nil))
	return sent(recorder.Result())
}

func sent(response *http.Response) map[string]string {
	found := map[string]string{}
	for _, name := range protecting {
		if value := response.Header.Get(name); value != "" {
			found[name] = value
		}
	}
	return found
}

func echoWith(config middleware.SecureConfig) http.Handler {
	e := echo.New()
	e.Use(middleware.SecureWithConfig(config))
	return e
}

func unrolledWith(options ...secure.Options) http.Handler {
	return secure.New(options...).Handler(http.NotFoundHandler())
}

func ginWith(config ginsecure.Config) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(ginsecure.New(config))
	return engine
}

// Nothing that is left out of their options has a default.
func TestIdleMiddleware(t *testing.T) {
	for name, handler := range map[string]http.Handler{
		"echo": echoWith(middleware.SecureConfig{}), "unrolled": unrolledWith(), "unrolled with options": unrolledWith(secure.Options{}),
		"unrolled in development": unrolledWith(secure.Options{IsDevelopment: true}), "gin": ginWith(ginsecure.Config{}),
	} {
		if found := protection(t, handler); len(found) != 0 {
			t.Errorf("%s sends %v", name, found)
		}
	}
}

// Fields go to the headers that the rows name, as they stand.
func TestHeldHeaders(t *testing.T) {
	for name, handler := range map[string]http.Handler{
		"echo":     echoWith(middleware.SecureConfig{XFrameOptions: "ALLOWALL"}),
		"unrolled": unrolledWith(secure.Options{FrameDeny: true, CustomFrameOptionsValue: "ALLOWALL"}),
		"gin":      ginWith(ginsecure.Config{FrameDeny: true, CustomFrameOptionsValue: "ALLOWALL"}),
	} {
		if found := protection(t, handler); found["X-Frame-Options"] != "ALLOWALL" {
			t.Errorf("%s sends %v", name, found)
		}
	}
	if found := protection(t, echoWith(middleware.SecureConfig{ContentSecurityPolicy: "frame-ancestors *", CSPReportOnly: true})); found["Content-Security-Policy-Report-Only"] == "" {
		t.Errorf("echo sends %v", found)
	}
	if found := protection(t, unrolledWith(secure.Options{FrameDeny: true})); found["X-Frame-Options"] != "DENY" {
		t.Errorf("unrolled sends %v", found)
	}
}

func TestHelmet(t *testing.T) {
	app := fiber.New()
	app.Use(helmet.New(helmet.Config{XFrameOptions: "ALLOWALL", CrossOriginOpenerPolicy: "unsafe-none", CrossOriginEmbedderPolicy: "x", CrossOriginResourcePolicy: "y"}))
	response, err := app.Test(httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	found := sent(response)
	for name, want := range map[string]string{
		"X-Frame-Options": "ALLOWALL", "Cross-Origin-Opener-Policy": "unsafe-none", "Cross-Origin-Embedder-Policy": "x", "Cross-Origin-Resource-Policy": "y",
	} {
		if found[name] != want {
			t.Errorf("%s is %q", name, found[name])
		}
	}
}
