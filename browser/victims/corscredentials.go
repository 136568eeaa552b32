package victims

import (
	"net/http"

	chi "github.com/go-chi/cors"
	"github.com/jub0bs/cors"
)

// Wildcard asks for what no browser does.
func Wildcard() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// WildcardSafe names the origin that is meant.
func WildcardSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// WildcardByLibrary asks a library for it.
func WildcardByLibrary() http.Handler {
	return chi.Handler(chi.Options{
		AllowedOrigins:   []string{"*"},
		AllowCredentials: true,
	})(http.HandlerFunc(show))
}

// WildcardByLibrarySafe gives the library a list.
func WildcardByLibrarySafe() http.Handler {
	return chi.Handler(chi.Options{
		AllowedOrigins:   []string{"https://www.app.example"},
		AllowCredentials: true,
	})(http.HandlerFunc(show))
}

// Reflecting is what the README of go-chi/cors has for an example, with
// credentials.
func Reflecting() http.Handler {
	return chi.Handler(chi.Options{
		AllowedOrigins:   []string{"https://*", "http://*"},
		AllowCredentials: true,
	})(http.HandlerFunc(show))
}

// ReflectingSafe gives the library a list.
func ReflectingSafe() http.Handler {
	return chi.Handler(chi.Options{
		AllowedOrigins:   []string{"https://www.app.example"},
		AllowCredentials: true,
	})(http.HandlerFunc(show))
}

// Refused is a configuration that the library does not start with.
func Refused() http.Handler {
	m, err := cors.NewMiddleware(cors.Config{
		Origins:      []string{"*"},
		Credentialed: true,
	})
	if err != nil {
		panic(err)
	}
	return m.Wrap(http.HandlerFunc(show))
}

// RefusedSafe names the origin that is meant.
func RefusedSafe() http.Handler {
	m, err := cors.NewMiddleware(cors.Config{
		Origins:      []string{"https://www.app.example"},
		Credentialed: true,
	})
	if err != nil {
		panic(err)
	}
	return m.Wrap(http.HandlerFunc(show))
}
