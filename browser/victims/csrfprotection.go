package victims

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/gofiber/fiber/v2/middleware/csrf"
)

// Exempted exempts every request.
func Exempted() http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.AddInsecureBypassPattern("/")
	return protection.Handler(http.HandlerFunc(show))
}

// Protected protects.
func Protected() http.Handler {
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(show))
}

// Denied serves what it refuses.
func Denied() http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(show))
	return protection.Handler(http.HandlerFunc(show))
}

// Unused throws the protected handler away.
func Unused() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /", show)
	http.NewCrossOriginProtection().Handler(mux)
	return mux
}

// TrustedPlain trusts pages that anyone on the way can write.
func TrustedPlain() http.Handler {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin("http://www.app.example"); err != nil {
		panic(err)
	}
	return protection.Handler(http.HandlerFunc(show))
}

// TrustedNever trusts an origin that no page has.
func TrustedNever() http.Handler {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin("https://*.app.example"); err != nil {
		panic(err)
	}
	return protection.Handler(http.HandlerFunc(show))
}

// TrustedSafe trusts a page of the server.
func TrustedSafe() http.Handler {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin("https://www.app.example"); err != nil {
		panic(err)
	}
	return protection.Handler(http.HandlerFunc(show))
}

// TokenOfCookie compares the cookie with itself, and has browsers send it with
// requests of every site.
func TokenOfCookie() http.Handler {
	app := fiber.New()
	app.Use(csrf.New(csrf.Config{KeyLookup: "cookie:csrf_", CookieSameSite: "None", CookieSecure: true}))
	app.All("*", adaptor.HTTPHandlerFunc(show))
	return adaptor.FiberApp(app)
}

// TokenOfLaxCookie leaves SameSite to the library, which says Lax.
func TokenOfLaxCookie() http.Handler {
	app := fiber.New()
	app.Use(csrf.New(csrf.Config{KeyLookup: "cookie:csrf_", CookieSecure: true}))
	app.All("*", adaptor.HTTPHandlerFunc(show))
	return adaptor.FiberApp(app)
}

// TokenOfHeader compares the cookie with a header.
func TokenOfHeader() http.Handler {
	app := fiber.New()
	app.Use(csrf.New(csrf.Config{KeyLookup: "header:X-Csrf-Token", CookieSameSite: "None", CookieSecure: true}))
	app.All("*", adaptor.HTTPHandlerFunc(show))
	return adaptor.FiberApp(app)
}
