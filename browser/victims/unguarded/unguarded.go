// Package unguarded is a program that nothing protects against forms of other
// sites.
package unguarded

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"github.com/soplint/soplint/browser/victims/scene"
)

// Unguarded removes a note for the user whose session it is.
func Unguarded() http.Handler {
	os.WriteFile(filepath.Join(scene.Notes, "note"), nil, 0o600)
	var sessions sync.Map
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		session := rand.Text()
		sessions.Store(session, true)
		begin(w, session)
	})
	mux.HandleFunc("POST /remove", func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("session")
		if err != nil {
			http.Error(w, "log in first", http.StatusUnauthorized)
			return
		}
		if _, known := sessions.Load(c.Value); !known {
			http.Error(w, "log in first", http.StatusUnauthorized)
			return
		}
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, scene.User+c.Name)
	})
	server := &http.Server{Handler: mux}
	return server.Handler
}

// begin begins a session, by a cookie that goes along with requests of all sites.
func begin(w http.ResponseWriter, session string) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: session, HttpOnly: true, Secure: true, SameSite: http.SameSiteNoneMode})
}
