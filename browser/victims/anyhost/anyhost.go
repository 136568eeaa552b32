// Package anyhost is a program for the machine that it runs on.
package anyhost

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/soplint/soplint/browser/victims/scene"
)

// AnyHost removes a note under whatever name it is asked. The protection lets it: page and
// server have one name.
func AnyHost() http.Handler {
	os.WriteFile(filepath.Join(scene.Notes, "note"), nil, 0o600)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /remove", func(w http.ResponseWriter, r *http.Request) {
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(r.FormValue("name")))); err != nil {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, scene.Nobody)
	})
	server := &http.Server{Addr: "127.0.0.1:8080", Handler: http.NewCrossOriginProtection().Handler(mux)}
	return server.Handler
}
