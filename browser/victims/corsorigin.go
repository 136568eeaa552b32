package victims

import (
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/rs/cors"
)

// Reflected answers every Origin with itself.
func Reflected() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Vary", "Origin")
		show(w, r)
	})
}

// ReflectedSafe answers the one that it knows.
func ReflectedSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); origin == "https://www.app.example" {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// ReflectedAnonymously answers every Origin with itself, and takes no cookies.
func ReflectedAnonymously() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Vary", "Origin")
		show(w, r)
	})
}

// ReflectedAnonymouslySafe answers the one that it knows.
func ReflectedAnonymouslySafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); origin == "https://www.app.example" {
			w.Header().Set("Access-Control-Allow-Origin", origin)
		}
		show(w, r)
	})
}

// ReflectedByLibrary leaves the decision to a callback that always says yes.
func ReflectedByLibrary() http.Handler {
	return cors.New(cors.Options{
		AllowOriginFunc:  func(string) bool { return true },
		AllowCredentials: true,
	}).Handler(http.HandlerFunc(show))
}

// ReflectedByLibrarySafe gives the library a list.
func ReflectedByLibrarySafe() http.Handler {
	return cors.New(cors.Options{
		AllowedOrigins:   []string{"https://www.app.example"},
		AllowCredentials: true,
	}).Handler(http.HandlerFunc(show))
}

// WeakSuffix forgets the dot.
func WeakSuffix() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); strings.HasSuffix(origin, "app.example") {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// WeakSuffixSafe takes the scheme and the dot into account.
func WeakSuffixSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if strings.HasPrefix(origin, "https://") && strings.HasSuffix(origin, ".app.example") {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// WeakPrefix forgets that a name goes on.
func WeakPrefix() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); strings.HasPrefix(origin, "https://app.example") {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// WeakPrefixSafe compares all of it.
func WeakPrefixSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); origin == "https://www.app.example" {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// WeakPattern gives a library a pattern without the dot.
func WeakPattern() http.Handler {
	return cors.New(cors.Options{
		AllowedOrigins:   []string{"https://*app.example"},
		AllowCredentials: true,
	}).Handler(http.HandlerFunc(show))
}

// WeakPatternSafe has the dot.
func WeakPatternSafe() http.Handler {
	return cors.New(cors.Options{
		AllowedOrigins:   []string{"https://*.app.example"},
		AllowCredentials: true,
	}).Handler(http.HandlerFunc(show))
}

// WeakSibling takes whatever ends in the name for the host of that name.
func WeakSibling() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); strings.HasSuffix(origin, "www.app.example") {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// WeakSiblingSafe compares all of it.
func WeakSiblingSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); origin == "https://www.app.example" {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// Null lets in the origin null.
func Null() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "null")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// NullSafe names an origin.
func NullSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// AnyOrigin is for everybody.
func AnyOrigin() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		show(w, r)
	})
}

// AnyOriginSafe is for one.
func AnyOriginSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		show(w, r)
	})
}

// FailOpen takes an empty setting for leave to let everybody in.
func FailOpen() http.Handler {
	allowed := os.Getenv("ALLOWED_ORIGINS")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if allowed == "" || slices.Contains(strings.Fields(allowed), origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// FailOpenSafe takes an empty setting for a list of none.
func FailOpenSafe() http.Handler {
	allowed := os.Getenv("ALLOWED_ORIGINS")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(strings.Fields(allowed), origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}
