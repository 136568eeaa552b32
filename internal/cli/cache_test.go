package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/soplint/soplint/analyzers"
)

// cachedModule is a program with a handler and a page that it serves.
var cachedModule = map[string]string{
	"go.mod":            "module example.com/app\n\ngo 1.24\n",
	"web/web.go":        "package web\n\nimport (\n\t\"embed\"\n\t\"net/http\"\n\n\t\"example.com/app/assets\"\n)\n\n//go:embed pages/*\nvar pages embed.FS\n\nvar _ = assets.FS\n\nfunc Serve() http.Handler { return http.FileServer(http.FS(pages)) }\n\nfunc H(w http.ResponseWriter, r *http.Request) {\n\tw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))\n\tw.Header().Set(\"Access-Control-Allow-Credentials\", \"true\")\n}\n",
	"web/pages/a.html":  "<html><body>a</body></html>\n",
	"assets/assets.go":  "package assets\n\nimport \"embed\"\n\n//go:embed all\nvar FS embed.FS\n",
	"assets/all/b.html": "<html><body>b</body></html>\n",
}

const posting = "<html><script>\nwindow.parent.postMessage(document.cookie, \"*\");\n</script></html>\n"

type cachedRun struct {
	t    *testing.T
	dir  string
	args []string
}

// run analyses the program and returns the document, and how many packages were
// analysed for that.
func (c *cachedRun) run(args ...string) (document, analysed string) {
	c.t.Helper()
	var stdout, stderr bytes.Buffer
	a := &app{checks: analyzers.All(), stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr}
	args = append(append([]string{"-C", c.dir, "-v", "-format=json"}, c.args...), args...)
	if code := a.main(append(args, "./...")); code == exitProblems {
		c.t.Fatalf("exit %d\n%s%s", code, stdout.String(), stderr.String())
	}
	found := regexp.MustCompile(`analysed (\d+) packages`).FindStringSubmatch(stderr.String())
	if found == nil {
		c.t.Fatalf("no count in %s", stderr.String())
	}
	return stdout.String(), found[1]
}

// misses fails the test unless something is analysed anew, with the document that
// a run without a cache has, and nothing the next time, with the same document.
func (c *cachedRun) misses(what string) string {
	c.t.Helper()
	want, _ := c.run("-no-cache")
	cold, analysed := c.run()
	if analysed == "0" {
		c.t.Errorf("%s: nothing was analysed", what)
	}
	warm, again := c.run()
	if again != "0" {
		c.t.Errorf("%s: analysed %s packages the second time", what, again)
	}
	if cold != want || warm != want {
		c.t.Errorf("%s: without a cache\n%s\nwith an empty one\n%s\nwith a full one\n%s", what, want, cold, warm)
	}
	return want
}

func (c *cachedRun) write(name, content string) {
	c.t.Helper()
	name = filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		c.t.Fatal(err)
	}
}

// Each thing that results depend on is part of what they are kept under.
func TestCacheIngredients(t *testing.T) {
	t.Setenv(cacheVariable, filepath.Join(t.TempDir(), "cache"))
	c := &cachedRun{t: t, dir: t.TempDir()}
	for name, content := range cachedModule {
		c.write(name, content)
	}
	if document := c.misses("at first"); !strings.Contains(document, `"reflected"`) || strings.Contains(document, "webmessage") {
		t.Fatalf("found %s", document)
	}
	expect := func(what, part string) {
		t.Helper()
		if document := c.misses(what); !strings.Contains(document, part) {
			t.Errorf("%s: no %s in\n%s", what, part, document)
		}
	}
	c.write("web/pages/a.html", posting)
	expect("a page", `"file": "web/pages/a.html"`)
	c.write("web/pages/new.html", posting)
	expect("a new page", `"file": "web/pages/new.html"`)
	c.write("assets/all/b.html", posting)
	expect("a page of an imported package", `"file": "assets/all/b.html"`)
	c.write("assets/all/new.html", posting)
	expect("a new page of an imported package", `"file": "assets/all/new.html"`)
	c.write("assets/more/m.html", posting)
	c.write("assets/more.go", "package assets\n\nimport _ \"embed\"\n\n//go:embed more/m.html\nvar More string\n")
	expect("a new pattern of an imported package", `"file": "assets/more/m.html"`)
	c.write("web/pages/a.html", strings.Replace(posting, "\nwindow", "\n// soplint:ignore webmessage/target it is public\nwindow", 1))
	expect("a directive in a page", `"suppressed": true`)
	c.write("web/web.go", strings.Replace(cachedModule["web/web.go"], "func H", "\nfunc H", 1))
	expect("a source", `"line": 19`)
	c.write(".soplint.yml", "severity:\n  corsorigin: note\n")
	expect("severities", `"note"`)
	c.write(".soplint.yml", "models:\n  - web example.com/app/assets\n")
	c.misses("models")
	c.write(".soplint.yml", "development: [cfg.Debug]\n")
	c.misses("development switches")
	c.write(".soplint.yml", "checks: [corsorigin]\n")
	c.misses("checks that are configured")
	c.args = []string{"-checks=webmessage"}
	c.misses("checks that are asked for")
	c.args = []string{"-tests"}
	c.write("web/web_test.go", "package web\n")
	c.misses("tests")
	c.args = []string{"-tags=other"}
	c.misses("tags")
}
