package csrfprotection_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/passes/csrfprotection"
)

// A library has releases with a known hole.
type library struct {
	module, path string
	hole         string   // the last release that has it
	declared     string   // what the servers use
	servers      []string // each of which is reported
	safe         string   // a server that the hole does not reach; "" if there is none
}

var libraries = []library{{
	module: "github.com/gorilla/csrf", path: "github.com/gorilla/csrf", hole: "v1.7.2",
	declared: "type Option func(any)\n\nfunc Protect(key []byte, opts ...Option) func(http.Handler) http.Handler\n\nfunc CookieName(name string) Option\n",
	servers:  []string{"csrf.Protect(key)(mux)"},
	safe:     `csrf.Protect(key, csrf.CookieName("__Host-csrf"))(mux)`,
}, {
	module: "github.com/justinas/nosurf", path: "github.com/justinas/nosurf", hole: "v1.1.1",
	declared: "type CSRFHandler struct{ http.Handler }\n\nfunc New(handler http.Handler) *CSRFHandler\n\nfunc NewPure(handler http.Handler) http.Handler\n",
	servers:  []string{"nosurf.New(mux)", "nosurf.NewPure(mux)"},
}, {
	module: "github.com/gofiber/fiber/v2", path: "github.com/gofiber/fiber/v2/middleware/csrf", hole: "v2.49.2",
	declared: "type Config struct{}\n\nfunc New(config ...Config) func(any) error\n\nvar _ http.Handler\n",
	servers:  []string{"served(csrf.New())"},
}}

// TestReleases has every release with a known hole reported, and the one that mends it
// not.
func TestReleases(t *testing.T) {
	old, mended := t.TempDir(), t.TempDir()
	tried := 0
	for i, lib := range libraries {
		row := lib.row()
		if row == nil {
			t.Errorf("%s has no hole", lib.path)
			continue
		}
		lib.declare(t, old, lib.hole)
		lib.declare(t, mended, row.Arg("before"))
		for k, used := range lib.servers {
			name := fmt.Sprintf("server%d%d", i, k)
			lib.serve(t, old, name, used, fmt.Sprintf(" // want `%s %s has a known hole, %s`", lib.path, lib.hole, row.Arg("cve")))
			lib.serve(t, mended, name, used, "")
			tried++
		}
		if lib.safe != "" {
			lib.serve(t, old, fmt.Sprintf("safe%d", i), lib.safe, "")
		}
	}
	if known := len(releases()); tried != known {
		t.Errorf("%d functions of releases with holes are tried, %d are known", tried, known)
	}
	analysistest.Run(t, old, csrfprotection.Analyzer, "servers/...")
	analysistest.Run(t, mended, csrfprotection.Analyzer, "servers/...")
}

func releases() []*model.Row {
	var found []*model.Row
	for _, row := range model.Builtin().Rows() {
		if row.Role == "csrf.release" {
			found = append(found, row)
		}
	}
	return found
}

func (l *library) row() *model.Row {
	for _, row := range releases() {
		if strings.HasPrefix(row.Symbol, l.path+".") {
			return row
		}
	}
	return nil
}

func (l *library) name() string { return l.path[strings.LastIndexByte(l.path, '/')+1:] }

// declare writes a package whose declarations stand, as their positions have it, in the
// module cache, which tells the release.
func (l *library) declare(t *testing.T, dir, release string) {
	t.Helper()
	write(t, filepath.Join(dir, "src", l.path, "stub.go"), fmt.Sprintf("package %s\n\nimport \"net/http\"\n\n//line /mod/%s@%s/%s.go:1\n%s",
		l.name(), l.module, release, l.name(), l.declared))
}

// serve writes a server that protects its handlers, and what is wanted at its import.
func (l *library) serve(t *testing.T, dir, name, used, want string) {
	t.Helper()
	write(t, filepath.Join(dir, "src", "servers", name, "server.go"), fmt.Sprintf(`package server

import (
	"net/http"

	%q%s
)

func served(any) http.Handler { return nil }

func serve(key []byte, mux *http.ServeMux) { http.ListenAndServe("127.0.0.1:8080", %s) }
`, l.path, want, used))
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
