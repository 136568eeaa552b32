package victims

import (
	"fmt"
	"net/http"
)

// Callback calls the function that the request names.
func Callback() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		fmt.Fprintf(w, "%s(%q)", r.FormValue("callback"), account(r))
	})
}

// CallbackSafe answers JSON.
func CallbackSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, "%q", account(r))
	})
}

// Variable sets a variable of the page that includes it.
func Variable() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		fmt.Fprintf(w, "var account = %q;", account(r))
	})
}

// VariableSafe answers JSON.
func VariableSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, "{%q: %q}", "account", account(r))
	})
}
