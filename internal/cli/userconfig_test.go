package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeFiles makes a module of files in a new directory, which is the working
// directory from then on.
func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for name, value := range map[string]string{"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOWORK": "off", "GOENV": "off"} {
		t.Setenv(name, value)
	}
	return dir
}

// realChecks runs the command with the checks that there are.
func realChecks(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := Main(args, nil, &stdout, &stderr); code == exitProblems {
		t.Fatalf("%s%s", stdout.String(), stderr.String())
	}
	return stdout.String()
}

// A framework that no model of soplint's knows: its code is not to be seen, and
// it imports no web package.
func TestUserModels(t *testing.T) {
	files := map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.24\n",
		"fw/fw.go": `package fw

type Request struct{ headers map[string]string }

type Context struct {
	Request *Request
	send    func(name, value string)
}

func (r *Request) Header(name string) string { return r.headers[name] }

func (c *Context) SetHeader(name, value string) { c.send(name, value) }
`,
		"app.go": `package app

import "example.com/app/fw"

func handler(c *fw.Context) {
	c.SetHeader("Access-Control-Allow-Origin", c.Request.Header("Origin"))
	c.SetHeader("Access-Control-Allow-Credentials", "true")
}
`,
	}
	writeFiles(t, files)
	if out := realChecks(t); out != "" {
		t.Errorf("without models: %s", out)
	}
	files[".soplint.yml"] = `models:
  - web example.com/app/fw
  - request example.com/app/fw.Request
  - header.get (*example.com/app/fw.Request).Header key=0
  - header.set (*example.com/app/fw.Context).SetHeader key=0 value=1
`
	writeFiles(t, files)
	if out := realChecks(t); !strings.Contains(out, "app.go:6:4: error: Access-Control-Allow-Origin echoes") {
		t.Errorf("with models:\n%s", out)
	}
}

// Protection that no model of soplint's knows: a GET is its affair only if the model
// says so.
func TestUserProtection(t *testing.T) {
	files := map[string]string{
		"go.mod":    "module example.com/app\n\ngo 1.24\n\nrequire example.com/fw v0.0.0\n\nreplace example.com/fw => ./fw\n",
		"fw/go.mod": "module example.com/fw\n\ngo 1.24\n",
		"fw/fw.go": `package fw

import "net/http"

type Router struct{ http.ServeMux }

func (r *Router) Use(step func(http.Handler) http.Handler) {}

func (r *Router) Get(pattern string, handler http.HandlerFunc) {}

type Guard struct{ around func(http.Handler) http.Handler }

func (g *Guard) Auth(next http.Handler) http.Handler { return g.around(next) }
`,
		"app.go": `package app

import (
	"net/http"
	"os"

	"example.com/fw"
)

func remove(w http.ResponseWriter, r *http.Request) { os.RemoveAll(r.FormValue("name")) }

func serve(g *fw.Guard, router *fw.Router) {
	router.Use(g.Auth)
	router.Get("/remove", remove)
	http.ListenAndServe(":8080", router)
}
`,
	}
	const models = `models:
  - web example.com/fw
  - route.use (*example.com/fw.Router).Use middleware=0
  - route (*example.com/fw.Router).Get method=GET pattern=0 handler=1
  - csrf.step (*example.com/fw.Guard).Auth`
	const reported = "app.go:14:9: error: GET /remove changes state: os.RemoveAll"
	for more, wanted := range map[string]bool{"": true, " gets=true": false} {
		files[".soplint.yml"] = models + more + "\n"
		writeFiles(t, files)
		if out := realChecks(t); strings.Contains(out, reported) != wanted {
			t.Errorf("%q:\n%s", more, out)
		}
	}
}

func TestDevelopmentSwitches(t *testing.T) {
	files := map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.24\n",
		"app.go": `package app

import (
	"net/http"
	"os"
)

type Config struct{ Debug, Open bool }

type server struct{ cfg Config }

func echo(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	w.Header().Set("Access-Control-Allow-Credentials", "true")
}

func (s *server) debug(w http.ResponseWriter, r *http.Request) {
	if s.cfg.Debug {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // debug
	}
}

func (s *server) closed(w http.ResponseWriter, r *http.Request) {
	if !s.cfg.Debug {
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // debug
}

func (s *server) environment(w http.ResponseWriter, r *http.Request) {
	if os.Getenv("APP_ENV") == "development" {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // debug
	}
}

func (s *server) open(w http.ResponseWriter, r *http.Request) {
	if s.cfg.Open {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // stays
	}
}

func (s *server) production(w http.ResponseWriter, r *http.Request) {
	if !s.cfg.Debug {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // stays
	}
}
`,
	}
	places := func() string { return realChecks(t, "-checks=corsorigin") }
	writeFiles(t, files)
	before := places()
	for _, line := range []string{"app.go:13:", "app.go:19:", "app.go:27:", "app.go:32:", "app.go:38:", "app.go:44:"} {
		if !strings.Contains(before, line) {
			t.Errorf("without switches nothing at %s in\n%s", line, before)
		}
	}
	files[".soplint.yml"] = "development: [s.cfg.Debug, 'os.Getenv(\"APP_ENV\")=development']\n"
	writeFiles(t, files)
	after := places()
	for line, want := range map[string]bool{"app.go:13:": true, "app.go:19:": false, "app.go:27:": false, "app.go:32:": false, "app.go:38:": true, "app.go:44:": true} {
		if strings.Contains(after, line) != want {
			t.Errorf("with switches, reported at %s: %v in\n%s", line, !want, after)
		}
	}
}
