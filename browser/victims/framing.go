package victims

import "net/http"

// Misspelt has a value that browsers do not know.
func Misspelt() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "ALLOWALL")
		page(w)
	})
}

// MisspeltSafe has one that they do.
func MisspeltSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
		page(w)
	})
}

// AllowFrom is of a time when one browser knew it.
func AllowFrom() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "ALLOW-FROM https://www.app.example")
		page(w)
	})
}

// AllowFromSafe says the same in words that browsers know.
func AllowFromSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "frame-ancestors https://www.app.example")
		page(w)
	})
}

// Overruled says two things, of which the one that lets everybody in counts.
func Overruled() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		w.Header().Set("Content-Security-Policy", "frame-ancestors *")
		page(w)
	})
}

// OverruledSafe says one thing.
func OverruledSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		w.Header().Set("Content-Security-Policy", "frame-ancestors 'none'")
		page(w)
	})
}
