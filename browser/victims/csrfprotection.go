package victims

import "net/http"

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
