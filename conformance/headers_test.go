package conformance

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
	fiber2 "github.com/gofiber/fiber/v2"
	fibercors2 "github.com/gofiber/fiber/v2/middleware/cors"
	"github.com/gofiber/fiber/v3"
	fibercors3 "github.com/gofiber/fiber/v3/middleware/cors"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	echo5 "github.com/labstack/echo/v5"
	middleware5 "github.com/labstack/echo/v5/middleware"

	"github.com/soplint/soplint/conformance/programs"
)

// TestStars holds the rows with is=headers and is=exposed against the libraries: a
// * in the list goes to the browser as it is, credentials or not.
func TestStars(t *testing.T) {
	const site, star = "https://app.example.com", "*"
	libraries := map[string]func() func(*http.Request) http.Header{
		"gin-contrib/cors": func() func(*http.Request) http.Header {
			engine := gin.New()
			engine.Use(cors.New(cors.Config{AllowOrigins: []string{site}, AllowHeaders: []string{star}, ExposeHeaders: []string{star}, AllowCredentials: true}))
			engine.GET("/", func(*gin.Context) {})
			return recorded(engine)
		},
		"echo v4": func() func(*http.Request) http.Header {
			e := echo.New()
			e.Use(middleware.CORSWithConfig(middleware.CORSConfig{AllowOrigins: []string{site}, AllowHeaders: []string{star}, ExposeHeaders: []string{star}, AllowCredentials: true}))
			return recorded(e)
		},
		"echo v5": func() func(*http.Request) http.Header {
			e := echo5.New()
			e.Use(middleware5.CORSWithConfig(middleware5.CORSConfig{AllowOrigins: []string{site}, AllowHeaders: []string{star}, ExposeHeaders: []string{star}, AllowCredentials: true}))
			return recorded(e)
		},
		"fiber v2": func() func(*http.Request) http.Header {
			app := fiber2.New()
			app.Use(fibercors2.New(fibercors2.Config{AllowOrigins: site, AllowHeaders: star, ExposeHeaders: star, AllowCredentials: true}))
			return func(r *http.Request) http.Header { return programs.HeaderOf(app.Test(r)) }
		},
		"fiber v3": func() func(*http.Request) http.Header {
			app := fiber.New()
			app.Use(fibercors3.New(fibercors3.Config{AllowOrigins: []string{site}, AllowHeaders: []string{star}, ExposeHeaders: []string{star}, AllowCredentials: true}))
			return func(r *http.Request) http.Header { return programs.HeaderOf(app.Test(r)) }
		},
	}
	for name, start := range libraries {
		serving := start()
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Header.Set("Origin", site)
		if got := serving(request).Get("Access-Control-Expose-Headers"); got != star {
			t.Errorf("%s exposes %q", name, got)
		}
		preflight := httptest.NewRequest(http.MethodOptions, "/", nil)
		preflight.Header.Set("Origin", site)
		preflight.Header.Set("Access-Control-Request-Method", "GET")
		preflight.Header.Set("Access-Control-Request-Headers", "x-token")
		if got := serving(preflight).Get("Access-Control-Allow-Headers"); got != star {
			t.Errorf("%s allows the headers %q", name, got)
		}
	}
}

func recorded(handler http.Handler) func(*http.Request) http.Header {
	return func(r *http.Request) http.Header {
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, r)
		return recorder.Result().Header
	}
}
