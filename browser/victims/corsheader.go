package victims

import (
	"net/http"
	"os"
	"slices"
	"strings"
)

// Invalid has a slash at the end.
func Invalid() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example/")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// InvalidWildcard has a wildcard inside.
func InvalidWildcard() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://*.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// InvalidList names two.
func InvalidList() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example, https://app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// InvalidSafe is an origin as browsers write it.
func InvalidSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// NotTrue allows no credentials.
func NotTrue() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "True")
		show(w, r)
	})
}

// NotTrueSafe does.
func NotTrueSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		show(w, r)
	})
}

// Friends is the variable of the environment that names the origins which may
// read what Unvaried and its twin say.
const Friends = "SOPLINT_TEST_FRIENDS"

// Unvaried lets the browser's cache give one origin's answer to another.
func Unvaried() http.Handler {
	friends := strings.Fields(os.Getenv(Friends))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "private, max-age=3600")
		if origin := r.Header.Get("Origin"); slices.Contains(friends, origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// UnvariedSafe says that the answer depends on the Origin.
func UnvariedSafe() http.Handler {
	friends := strings.Fields(os.Getenv(Friends))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "private, max-age=3600")
		w.Header().Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(friends, origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		show(w, r)
	})
}

// LiteralStar allows a header of the name * and no other.
func LiteralStar() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Access-Control-Allow-Methods", "PUT")
		w.Header().Set("Access-Control-Allow-Headers", "*")
		show(w, r)
	})
}

// LiteralStarSafe names the header.
func LiteralStarSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://www.app.example")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Access-Control-Allow-Methods", "PUT")
		w.Header().Set("Access-Control-Allow-Headers", "X-Requested-With")
		show(w, r)
	})
}
