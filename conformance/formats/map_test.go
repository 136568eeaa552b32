package formats

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/soplint/soplint/internal/cli"
)

// What soplint map writes is what its schema says.
func TestMapSchema(t *testing.T) {
	text, err := os.ReadFile("../../docs/map.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := compile(t, string(text))
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.24\n",
		"main.go": `package main

import (
	"net/http"
	"os"
)

func handle(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("session"); err != nil {
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	os.RemoveAll(r.FormValue("dir"))
}

func main() {
	http.HandleFunc("/", handle)
	http.Handle("/other", handlers["other"])
}

var handlers map[string]http.Handler
`,
		"broken/broken.go": "package broken\n\nimport _ \"net/http\"\n\nvar x int = \"x\"\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GOWORK", "off")
	var out, problems bytes.Buffer
	if code := cli.Main([]string{"map", "-q", "-format=json", "-C", dir, "./..."}, nil, &out, &problems); code != 2 {
		t.Fatalf("exit %d: %s", code, problems.String())
	}
	for _, part := range []string{`"pattern": "/"`, "what serves it is not known", "type-check", "corsorigin/reflected"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the map has no %q, so the test shows little", part)
		}
	}
	document, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		t.Error(err)
	}
	document.(map[string]any)["map"].(map[string]any)["routes"].([]any)[0].(map[string]any)["more"] = true
	if schema.Validate(document) == nil {
		t.Error("the schema takes what it does not know")
	}
}
