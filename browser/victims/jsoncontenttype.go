package victims

import (
	"encoding/json"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/soplint/soplint/browser/victims/scene"
)

// A removal names a note.
type removal struct {
	Name string `json:"name"`
}

// Decoded takes every body for JSON.
func Decoded() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /remove", func(w http.ResponseWriter, r *http.Request) {
		var asked removal
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, "send JSON", http.StatusBadRequest)
			return
		}
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(asked.Name))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return mux
}

// DecodedSafe insists on the media type.
func DecodedSafe() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /remove", func(w http.ResponseWriter, r *http.Request) {
		mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || mediaType != "application/json" {
			http.Error(w, "send JSON", http.StatusUnsupportedMediaType)
			return
		}
		var asked removal
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, "send JSON", http.StatusBadRequest)
			return
		}
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(asked.Name))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return mux
}

// DecodedLoosely looks for JSON anywhere in the type.
func DecodedLoosely() http.Handler {
	write()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /remove", func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Content-Type"), "application/json") {
			http.Error(w, "send JSON", http.StatusUnsupportedMediaType)
			return
		}
		var asked removal
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, "send JSON", http.StatusBadRequest)
			return
		}
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(asked.Name))); err != nil {
			http.NotFound(w, r)
			return
		}
		show(w, r)
	})
	return mux
}

// Bound fills what is declared for JSON from a form.
func Bound() http.Handler {
	write()
	engine := gin.New()
	engine.POST("/remove", func(c *gin.Context) {
		var asked removal
		if err := c.ShouldBind(&asked); err != nil {
			c.String(http.StatusBadRequest, "send JSON")
			return
		}
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(asked.Name))); err != nil {
			c.String(http.StatusNotFound, "no such note")
			return
		}
		show(c.Writer, c.Request)
	})
	return engine
}

// BoundSafe insists on the media type.
func BoundSafe() http.Handler {
	write()
	engine := gin.New()
	engine.POST("/remove", func(c *gin.Context) {
		if c.ContentType() != "application/json" {
			c.String(http.StatusUnsupportedMediaType, "send JSON")
			return
		}
		var asked removal
		if err := c.ShouldBind(&asked); err != nil {
			c.String(http.StatusBadRequest, "send JSON")
			return
		}
		if err := os.Remove(filepath.Join(scene.Notes, filepath.Base(asked.Name))); err != nil {
			c.String(http.StatusNotFound, "no such note")
			return
		}
		show(c.Writer, c.Request)
	})
	return engine
}
