package served

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestIsPage(t *testing.T) {
	for name, want := range map[string]bool{
		"page.html": true, "page.gohtml": true, "app.js": true, "app.mjs": true, "style.css": false, "app.ts": false,
		"app.min.js": false, "app-min.js": false, "jquery-3.7.1.js": false, "app.bundle.js": false, "v2.js": true,
	} {
		if got := isPage(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestIsMade(t *testing.T) {
	for text, want := range map[string]bool{
		"// ours\nf();\n": false, "/*! theirs */\nf();\n": true, "/**\n * @license MIT\n */\n": true,
		"f();\n" + strings.Repeat("g();", 300): true, strings.Repeat("g();\n", 300): false,
	} {
		if got := isMade([]byte(text)); got != want {
			t.Errorf("%.20q: %v", text, got)
		}
	}
}

// What is outside of the module is not read, by whatever name it is reached, and
// what is too large is not either.
func TestBounds(t *testing.T) {
	root := t.TempDir()
	module := filepath.Join(root, "module")
	for name, content := range map[string]string{
		"module/go.mod": "module m\n", "module/web/web.go": "package web\n", "module/static/in.html": "in",
		"module/static/.git/hidden.html": "hidden", "module/static/vendor/theirs.html": "theirs",
		"module/static/large.html": strings.Repeat("x", maxSize+1), "outside/out.html": "out",
	} {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(root, "outside", "out.html"), filepath.Join(module, "static", "link.html")); err != nil {
		t.Skip("no symbolic links here")
	}
	s := &search{files: map[string]bool{}}
	s.place(filepath.Join(module, "web"))
	for _, path := range []string{"static", "../outside", "static/../../outside", filepath.Join(root, "outside"), "."} {
		s.add(s.locate(path))
	}
	for name := range s.files {
		if base := filepath.Base(name); base != "in.html" && (base != "large.html" || readable(name) != nil) {
			t.Errorf("%s is read", name)
		}
	}
	if !s.files[filepath.Join(module, "static", "in.html")] {
		t.Errorf("the module's own page is not among %v", s.files)
	}
}

// What an imported folder embeds is looked for once in a run, and anew in the next.
func TestHolds(t *testing.T) {
	root := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		name = filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module m\n")
	write("web/web.go", "package web\n")
	write("assets/assets.go", "package assets\n")
	write("assets/page.html", "<html></html>\n")
	d := &dependency{Folder: filepath.Join(root, "web"), Imported: []string{filepath.Join(root, "assets")}}
	s := &search{imported: d.Imported, seen: new(sync.Map)}
	s.place(d.Folder)
	d.Sum = sum(s.root, s.find())
	run := new(sync.Map)
	if !d.Holds(run) {
		t.Error("it does not hold, though nothing changed")
	}
	write("assets/more.go", "package assets\n\nimport _ \"embed\"\n\n//go:embed page.html\nvar Page string\n")
	if !d.Holds(run) {
		t.Error("the same run looked at the folder again")
	}
	if d.Holds(new(sync.Map)) {
		t.Error("the next run did not see that the folder embeds something")
	}
}

// A Go file that is a device by way of a link, or has no end to speak of, is not read:
// the go command does not ask about those that are for another system.
func TestEndless(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip("there is no device to link to")
	}
	folder := t.TempDir()
	if err := os.Symlink("/dev/zero", filepath.Join(folder, "device_plan9.go")); err != nil {
		t.Fatal(err)
	}
	huge := filepath.Join(folder, "huge_plan9.go")
	if err := os.WriteFile(huge, []byte("package p\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 1<<40); err != nil {
		t.Skip(err)
	}
	embeds := []byte("package p\n\nimport _ \"embed\"\n\n//go:embed page.html\nvar Page string\n")
	if err := os.WriteFile(filepath.Join(folder, "page.go"), embeds, 0o666); err != nil {
		t.Fatal(err)
	}
	s := &search{}
	if found := s.embedsOf(folder); len(found) != 1 || found[0] != "page.html" {
		t.Errorf("found %q", found)
	}
	if size := s.scratch.Cap(); size > 1<<20 {
		t.Errorf("%d bytes were read into", size)
	}
}
