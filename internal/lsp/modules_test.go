package lsp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/cache"
	"github.com/soplint/soplint/internal/driver/drivertest"
)

// Modules that a go.work unites see each other's buffers.
func TestWorkFile(t *testing.T) {
	two := "package two\n\nimport _ \"example.com/two/web\"\n\nfunc Bad() {}\n\nfunc Calls() {}\n"
	c := serve(t, map[string]string{
		"go.work":        "go 1.24\n\nuse (\n\t./one\n\t./two\n)\n",
		"one/go.mod":     "module example.com/one\n\ngo 1.24\n",
		"one/one.go":     "package one\n\nimport \"example.com/two\"\n\nfunc f() { two.Calls() }\n",
		"two/go.mod":     "module example.com/two\n\ngo 1.24\n",
		"two/two.go":     two,
		"two/web/web.go": "package web\n",
	})
	t.Setenv("GOFLAGS", "")
	c.initialize(`{}`)
	c.open("one/one.go", "package one\n\nimport \"example.com/two\"\n\nfunc f() { two.Calls() }\n")
	c.wait("one/one.go")
	c.open("two/two.go", two)
	c.wait("two/two.go", "4:5 badcall/defined")
	c.change("two/two.go", strings.Replace(two, "Calls() {}", "Calls() { Bad() }", 1))
	c.wait("two/two.go", "4:5 badcall/defined", "6:15 badcall/direct")
	c.wait("one/one.go", "4:11 badcall/indirect")
	if err := c.end(); err != nil {
		t.Error(err)
	}
}

// Each folder that the client has open is analysed, and so is a module in one that
// has another around it.
func TestFolders(t *testing.T) {
	c := serve(t, map[string]string{
		"one/go.mod":           "module example.com/one\n\ngo 1.24\n",
		"one/web/web.go":       "package web\n\nfunc Bad() {}\n",
		"two/go.mod":           "module example.com/two\n\ngo 1.24\n",
		"two/web/web.go":       "package web\n\nfunc f() { Bad() }\n\nfunc Bad() {}\n",
		"two/inner/go.mod":     "module example.com/inner\n\ngo 1.24\n",
		"two/inner/web/web.go": "package web\n\nfunc Bad() {}\n",
		"three/go.mod":         "module example.com/three\n\ngo 1.24\n",
		"three/web/web.go":     "package web\n\nfunc Bad() {}\n",
	})
	folder := func(name string) map[string]string { return map[string]string{"uri": c.uri(name), "name": name} }
	params := map[string]any{"capabilities": struct{}{}, "workspaceFolders": []map[string]string{folder("one"), folder("two")}}
	if err := c.call("initialize", params, nil); err != nil {
		t.Fatal(err)
	}
	c.notify("initialized", struct{}{})
	c.wait("one/web/web.go", "2:5 badcall/defined")
	c.wait("two/web/web.go", "2:11 badcall/direct", "4:5 badcall/defined")
	c.open("two/inner/web/web.go", "package web\n\nfunc Bad() {}\n")
	c.wait("two/inner/web/web.go", "2:5 badcall/defined")
	if c.shown["three/web/web.go"] != nil {
		t.Errorf("of a folder that is not open: %v", c.shown["three/web/web.go"])
	}
	if err := c.end(); err != nil {
		t.Error(err)
	}
}

// Findings in pages are shown in the pages, and comments there suppress them.
func TestPages(t *testing.T) {
	const page = "<script>\nopener.postMessage({{.Token}}, \"*\");\n</script>\n" +
		"<!-- soplint:ignore webmessage/sandbox our own text -->\n<iframe src=\"/text\" sandbox=\"allow-scripts allow-same-origin\"></iframe>\n"
	c := serveWith(t, map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.24\n",
		"main.go": "package main\n\nimport (\n\t\"html/template\"\n\t\"net/http\"\n)\n\nvar pages = template.Must(template.ParseGlob(\"pages/*.html\"))\n\n" +
			"func main() { http.HandleFunc(\"/\", func(w http.ResponseWriter, r *http.Request) { _ = pages.Execute(w, nil) }) }\n",
		"pages/index.html": page,
	}, Options{Version: "v1", Checks: analyzers.All()})
	c.initialize(`{}`)
	c.wait("pages/index.html", "1:7 webmessage/target")
	if err := c.end(); err != nil {
		t.Error(err)
	}
}

// chain returns a module in which every package imports the one before, and the first
// is a web package.
func chain(length int) map[string]string { return drivertest.Chain(length, chained(false)) }

// chained is the first package of a chain, which calls what is reported or not.
func chained(calls bool) string {
	body := ""
	if calls {
		body = " Bad() "
	}
	return "package web\n\nfunc Bad() {}\n\nfunc Calls() {" + body + "}\n"
}

// An edit in a module of a hundred packages is followed in what depends on it.
func TestHundredPackages(t *testing.T) {
	c := serve(t, chain(100))
	first, second := "p0/web/web.go", "p1/p.go"
	c.initialize(`{}`)
	c.wait(first, "2:5 badcall/defined")
	c.open(first, chained(false))
	c.open(second, chain(2)[second])
	for range 2 {
		c.change(first, chained(true))
		c.wait(first, "2:5 badcall/defined", "4:15 badcall/direct")
		c.wait(second, "4:15 badcall/indirect")
		c.change(first, chained(false))
		c.wait(first, "2:5 badcall/defined")
		c.wait(second)
	}
	if err := c.end(); err != nil {
		t.Error(err)
	}
}

// BenchmarkEdit is how long it takes from an edit of the package that the other 99
// of a module import until its diagnostics are there, with all of soplint's checks
// and what was analysed before in the cache.
func BenchmarkEdit(b *testing.B) {
	files := map[string]string{"go.mod": "module example.com/app\n\ngo 1.24\n"}
	const text = `package base

import "net/http"

func Serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", %s)
}
`
	files["base/base.go"] = fmt.Sprintf(text, `"https://app.example.com"`)
	for i := range 99 {
		files[fmt.Sprintf("p%d/p.go", i)] = fmt.Sprintf("package p%d\n\nimport (\n\t\"net/http\"\n\n\t\"example.com/app/base\"\n)\n\n"+
			"func Routes(m *http.ServeMux) { m.HandleFunc(\"GET /p%d\", base.Serve) }\n", i, i)
	}
	store, err := cache.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	c := serveWith(b, files, Options{Version: "v1", Checks: analyzers.All(), Cache: store, Identity: "benchmark"})
	c.initialize(`{}`)
	c.open("base/base.go", files["base/base.go"])
	c.wait("base/base.go")
	n := 0
	for b.Loop() {
		n++
		c.change("base/base.go", fmt.Sprintf(text, `r.Header.Get("Origin")`)+fmt.Sprintf("\nconst edit = %d\n", n))
		c.wait("base/base.go", "5:12 corsheader/vary", "5:12 corsorigin/reflected")
		c.change("base/base.go", files["base/base.go"]+fmt.Sprintf("\nconst edit = %d\n", n))
		c.wait("base/base.go")
	}
	if err := c.end(); err != nil {
		b.Error(err)
	}
}
