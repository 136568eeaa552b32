package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/soplint/soplint/"

// layers lists the packages from the bottom up. A package may import those of
// lower layers only: none of its own layer, so that a pass imports no other.
// A name with a slash at the end stands for all packages below.
var layers = [][]string{
	{"internal/finding", "internal/web", "internal/release", "internal/nearest", "internal/comment", "internal/source", "internal/syntax", "internal/output", "internal/mutant", "internal/archtest", "internal/cache", "internal/vetunit", "benchmarks/synthetic"},
	{"internal/model", "internal/ignore", "internal/surface", "internal/page"},
	{"internal/config"},
	{"internal/settings"},
	{"internal/ssax", "internal/mend", "internal/rule", "internal/corsconfig", "internal/wsconfig", "internal/fixture"},
	{"internal/ir", "internal/effect"},
	{"internal/flow"},
	{"internal/origin", "internal/cookie", "internal/refusal", "internal/protection", "internal/headers", "internal/loopback", "internal/script", "internal/served"},
	{"internal/routes"},
	{"internal/ambient"},
	{"passes/", "internal/survey"},
	{"analyzers"},
	{"internal/selection"},
	{"internal/driver", "internal/driver/drivertest", "internal/report", "internal/baseline", "internal/patch"},
	{"internal/judge"},
	{"internal/lsp", "plugin"},
	{"internal/cli"},
	{"cmd/", "benchmarks", "benchmarks/engine", "benchmarks/floor"},
}

// layerOf returns the index of the layer that the package with that path, which
// lacks the module's, belongs to.
func layerOf(path string) (int, bool) {
	for i, layer := range layers {
		for _, name := range layer {
			if path == name || strings.HasSuffix(name, "/") && strings.HasPrefix(path, name) {
				return i, true
			}
		}
	}
	return 0, false
}

func TestArrowsGoDown(t *testing.T) {
	root := moduleRoot(t)
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = root
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		check(t, strings.TrimPrefix(p.ImportPath, module), p.Imports)
	}
}

func check(t *testing.T, path string, imports []string) {
	from, ok := layerOf(path)
	if !ok {
		t.Errorf("package %s is in no layer; give it one in this test", path)
		return
	}
	for _, imported := range imports {
		name, own := strings.CutPrefix(imported, module)
		if !own {
			continue
		}
		if to, ok := layerOf(name); ok && to >= from {
			t.Errorf("package %s imports %s, which is not below it", path, name)
		}
	}
}

// What people and programs read is made of plain data: no syntax tree gets to
// where it is written.
func TestWritersSeePlainData(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "./internal/report", "./internal/ignore")
	cmd.Dir = moduleRoot(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(path, "go/") || strings.HasPrefix(path, "golang.org/x/tools") {
			t.Errorf("writing a report depends on %s", path)
		}
	}
}

// moduleRoot is the directory above this one that has the go.mod file.
func moduleRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return root
}
