package vetunit

import (
	"encoding/json"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/gcexportdata"
)

// unit writes what the go command would say, and reads it. No source is there:
// what is answered is answered without it.
func unit(t *testing.T, said map[string]any) *Unit {
	t.Helper()
	dir := t.TempDir()
	said["GoFiles"] = []string{filepath.Join(dir, "none.go")}
	said["VetxOutput"] = filepath.Join(dir, "vet.out")
	data, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "vet.cfg")
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
	u, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func written(t *testing.T, n note) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "vet.out")
	if err := n.write(name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestSkip(t *testing.T) {
	none, some := written(t, note{}), written(t, note{reaches: true})
	for name, test := range map[string]struct {
		said           map[string]any
		skips, reaches bool
	}{
		"no web package":                {map[string]any{"ImportPath": "m/a", "PackageVetx": map[string]string{"m/b": none}}, true, false},
		"a web package":                 {map[string]any{"ImportPath": "m/a", "PackageVetx": map[string]string{"m/web": none}}, false, false},
		"imports one that reaches one":  {map[string]any{"ImportPath": "m/a", "PackageVetx": map[string]string{"m/b": some}}, false, false},
		"is one":                        {map[string]any{"ImportPath": "m/web", "PackageVetx": map[string]string{"m/b": none}}, false, false},
		"dependency":                    {map[string]any{"ImportPath": "o/a", "ModulePath": "o", "ModuleVersion": "v1.0.0", "VetxOnly": true, "PackageVetx": map[string]string{"o/web": some}}, true, true},
		"main module, for its facts":    {map[string]any{"ImportPath": "m/a", "ModulePath": "m", "VetxOnly": true, "PackageVetx": map[string]string{"o/web": some}}, false, false},
		"the same since Go 1.27":        {map[string]any{"ImportPath": "m/a", "Module": map[string]any{"Main": true}, "VetxOnly": true, "PackageVetx": map[string]string{"o/web": some}}, false, false},
		"dependency since Go 1.27":      {map[string]any{"ImportPath": "o/a", "Module": map[string]any{"Main": false}, "VetxOnly": true, "PackageVetx": map[string]string{"m/b": none}}, true, false},
		"standard library":              {map[string]any{"ImportPath": "net/web", "VetxOnly": true}, true, true},
		"for a test":                    {map[string]any{"ImportPath": "m/a [m/a.test]", "PackageVetx": map[string]string{"m/b": none}}, false, false},
		"the compiler said not all":     {map[string]any{"ImportPath": "m/a", "ImportMap": map[string]string{"m/c": "m/c"}, "PackageVetx": map[string]string{"m/c": none}}, false, false},
		"unsafe, which is not compiled": {map[string]any{"ImportPath": "m/a", "ImportMap": map[string]string{"unsafe": "unsafe"}, "PackageVetx": map[string]string{"m/b": none}}, true, false},
	} {
		test.said["PackageFile"] = map[string]string{"m/b": "b.a"}
		u := unit(t, test.said)
		skips, err := u.Skip(func(path string) bool { return strings.HasSuffix(path, "/web") })
		if err != nil || skips != test.skips {
			t.Errorf("%s: skipped: %v, %v", name, skips, err)
			continue
		}
		if !skips {
			continue
		}
		if about, err := readNote(u.said.VetxOutput); err != nil || about.reaches != test.reaches || len(about.types) > 0 {
			t.Errorf("%s: %+v, %v", name, about, err)
		}
	}
}

// What unitchecker is given has types where only a note was, and all else as it was.
func TestComplete(t *testing.T) {
	out, err := exec.Command("go", "list", "-export", "-f", "{{.Export}}", "errors").Output()
	if err != nil {
		t.Fatal(err)
	}
	whole := written(t, note{types: []byte("types"), reaches: true})
	u := unit(t, map[string]any{
		"ID": "kept", "ImportPath": "m/a", "PackageFile": map[string]string{"errors": strings.TrimSpace(string(out))},
		"PackageVetx": map[string]string{"errors": written(t, note{}), "m/b": whole},
	})
	name, err := u.Complete()
	if err != nil {
		t.Fatal(err)
	}
	completed, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	if completed.said.PackageVetx["m/b"] != whole || string(completed.config["ID"]) != `"kept"` {
		t.Errorf("%+v", completed.said)
	}
	about, err := readNote(completed.said.PackageVetx["errors"])
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := gcexportdata.Read(strings.NewReader("i"+string(about.types)), token.NewFileSet(), map[string]*types.Package{}, "errors")
	if err != nil || pkg.Scope().Lookup("New") == nil {
		t.Errorf("types of errors: %v, %v", pkg, err)
	}
}

// A package without imports carries its types: nothing says whether its dependents
// will have the compiler's.
func TestLeaf(t *testing.T) {
	u := unit(t, map[string]any{"ImportPath": "m/leaf", "PackageFile": map[string]string{}})
	if skips, err := u.Skip(func(string) bool { return false }); skips || err != nil {
		t.Errorf("skipped without its source: %v, %v", skips, err)
	}
	if err := os.WriteFile(u.said.GoFiles[0], []byte("package leaf\n\nimport \"unsafe\"\n\nconst Size = unsafe.Sizeof(0)\n\nfunc F() int { return undefined }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if skips, err := u.Skip(func(string) bool { return false }); !skips || err != nil {
		t.Fatalf("skipped: %v, %v", skips, err)
	}
	about, err := readNote(u.said.VetxOutput)
	if err != nil || about.reaches || len(about.types) == 0 {
		t.Errorf("%+v, %v", about, err)
	}
}

func TestBrokenNotes(t *testing.T) {
	for _, content := range []string{"", "vetx", "else12345678", "vetx\xff\xff\xff\xff\x00\x00\x00\x00"} {
		name := filepath.Join(t.TempDir(), "vet.out")
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if about, err := readNote(name); err == nil {
			t.Errorf("%q is read as %+v", content, about)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none.cfg")); err == nil {
		t.Error("a file that is not there is read")
	}
}
