package victims

import (
	"net/http"
	"os"
	"path/filepath"

	"github.com/soplint/soplint/browser/victims/scene"
)

// write writes a note for each server that removes one.
func write() { os.WriteFile(filepath.Join(scene.Notes, "note"), nil, 0o600) }

// Route removes by GET.
func Route() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /remove", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return mux
}

// RouteSafe removes by POST, and asks where the request comes from.
func RouteSafe() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /remove", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return http.NewCrossOriginProtection().Handler(mux)
}

// RouteBehindProtection relies on a protection that lets every GET through.
func RouteBehindProtection() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /remove", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return http.NewCrossOriginProtection().Handler(mux)
}

// AnyMethod does not look at the method.
func AnyMethod() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("/remove", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return mux
}

// Logout ends the session, for which the note stands, by GET.
func Logout() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /logout", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, "note")); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return mux
}

// LogoutSafe ends it by POST.
func LogoutSafe() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /logout", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, "note")); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return mux
}

// Override takes the method from the form, or the query.
func Override() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("DELETE /remove", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if method := r.FormValue("_method"); r.Method == http.MethodPost && method != "" {
			r.Method = method
		}
		mux.ServeHTTP(w, r)
	})
}

// OverrideSafe takes it from a header, which no form sends.
func OverrideSafe() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("DELETE /remove", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if method := r.Header.Get("X-HTTP-Method-Override"); r.Method == http.MethodPost && method != "" {
			r.Method = method
		}
		mux.ServeHTTP(w, r)
	})
}
