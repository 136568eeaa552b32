package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// TestGoTool installs the command into a module by "go get -tool", from a
// proxy in a directory, and runs it by "go tool".
func TestGoTool(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command in an empty module cache")
	}
	proxy := t.TempDir()
	publish(t, proxy, module.Version{Path: "github.com/soplint/soplint", Version: "v0.0.1"})
	elsewhere := proxies(t)
	writeFiles(t, map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.26\n",
		"app.go": "package app\n\nimport \"net/http\"\n\nfunc f(w http.ResponseWriter, r *http.Request) {\n" +
			"\tw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))\n}\n",
	})
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GOSUMDB", "off")
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(proxy)+","+elsewhere)
	get := exec.Command("go", "get", "-tool", "github.com/soplint/soplint/cmd/soplint@v0.0.1")
	if out, err := get.CombinedOutput(); err != nil {
		t.Fatalf("go get -tool: %v\n%s", err, out)
	}
	var stdout, stderr bytes.Buffer
	tool := exec.Command("go", "tool", "soplint", "./...")
	tool.Stdout, tool.Stderr = &stdout, &stderr
	err := tool.Run()
	if err == nil || !strings.Contains(stdout.String(), "app.go:6:13: warning: Access-Control-Allow-Origin echoes any Origin") {
		t.Errorf("go tool soplint: %v\n%s%s", err, stdout.String(), stderr.String())
	}
}

// proxies returns where the modules are that this one requires: the cache that it is
// built from, after the zip files are there, which a cache can lack that has the
// modules unpacked; then wherever the go command would get them.
func proxies(t *testing.T) string {
	t.Helper()
	download := exec.Command("go", "mod", "download")
	download.Dir = filepath.Join("..", "..")
	if out, err := download.CombinedOutput(); err != nil {
		t.Skipf("needs what soplint requires: go mod download: %v\n%s", err, out)
	}
	out, err := exec.Command("go", "env", "GOMODCACHE", "GOPROXY").Output()
	if err != nil {
		t.Fatal(err)
	}
	cache, proxy, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return "file://" + filepath.ToSlash(cache) + "/cache/download," + proxy
}

// publish writes this module as that version, the way proxies serve it.
func publish(t *testing.T, proxy string, version module.Version) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(proxy, filepath.FromSlash(version.Path), "@v")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for suffix, content := range map[string][]byte{".info": []byte(`{"Version":"` + version.Version + `"}`), ".mod": mod} {
		if err := os.WriteFile(filepath.Join(dir, version.Version+suffix), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Create(filepath.Join(dir, version.Version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := zip.CreateFromDir(file, version, root); err != nil {
		t.Fatal(err)
	}
}
