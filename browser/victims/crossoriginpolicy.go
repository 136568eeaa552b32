package victims

import (
	"fmt"
	"net/http"
)

// OpenerIgnored heeds no case.
func OpenerIgnored() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "Same-Origin")
		page(w)
	})
}

// OpenerIgnoredSafe heeds it.
func OpenerIgnoredSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		page(w)
	})
}

// ResourceIgnored heeds no case.
func ResourceIgnored() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Resource-Policy", "Same-Origin")
		script(w, r)
	})
}

// ResourceIgnoredSafe heeds it.
func ResourceIgnoredSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		script(w, r)
	})
}

// script answers with the account as JavaScript.
func script(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/javascript")
	fmt.Fprintf(w, "account = %q", account(r))
}

// EmbedderIgnored has a value that browsers do not know.
func EmbedderIgnored() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corb")
		page(w)
	})
}

// EmbedderIgnoredSafe has one that they do.
func EmbedderIgnoredSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		page(w)
	})
}
