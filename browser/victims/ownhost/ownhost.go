// Package ownhost is the safe twin of the program anyhost.
package ownhost

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/soplint/soplint/browser/victims/scene"
)

// OwnHost has two names, and answers to no other.
func OwnHost() http.Handler {
	os.WriteFile(filepath.Join(scene.Notes, "note"), nil, 0o600)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /remove", func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "127.0.0.1:8080" && r.Host != "localhost:8080" {
			http.Error(w, "unknown host", http.StatusForbidden)
			return
		}
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, scene.Nobody)
	})
	server := &http.Server{Addr: "127.0.0.1:8080", Handler: http.NewCrossOriginProtection().Handler(mux)}
	return server.Handler
}
