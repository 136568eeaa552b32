package driver

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/model"
)

// TestDamagedExportData analyses a package while the export data of what it imports,
// directly or not, is missing, cut off or changed, as a full disk leaves it: that
// ends as an error of the package, or changes nothing, and never as a panic.
func TestDamagedExportData(t *testing.T) {
	plan, err := newPlan(analyzers.All(), nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(fixture.Root(), "src")
	env := append(os.Environ(), "GO111MODULE=off", "GOPATH="+fixture.Root(), "GOFLAGS=", "GOPROXY=off", "GOENV=off")
	command := goCommand{dir: dir, env: env}
	patterns := []string{"fixtures/corsorigin/basic"}
	packages, err := command.list(context.Background(), patterns)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"net/http", "net/url", "io", "time", "crypto/tls", "internal/abi", "context"} {
		for name, damage := range damages {
			t.Run(strings.ReplaceAll(path, "/", ".")+"/"+name, func(t *testing.T) {
				damaged := damagedCopy(t, packages, path, damage)
				r := newRun(Options{Patterns: patterns, WebPackage: func(path string) bool { return model.Builtin().Find("web", path) != nil }}, plan, command)
				r.begin(&program{packages: damaged, env: goEnv{GOARCH: "amd64"}})
				r.analyse(context.Background(), r.graph.sources)
				r.finishOutcome()
				if len(r.outcome.Stacks) > 0 {
					t.Error(r.outcome.Stacks[0])
				}
				if path == "net/http" && !harmless[name] && len(r.outcome.Problems) == 0 {
					t.Error("an import cannot be read, and nothing is said of it")
				}
				for _, p := range r.outcome.Problems {
					if !strings.Contains(p.Message, "cannot read its export data") {
						t.Errorf("the message does not say why: %s", p.Message)
					}
				}
			})
		}
	}
}

// damages are what may happen to the content of a file.
var damages = map[string]func(data []byte) []byte{
	"whole": func(data []byte) []byte { return data },
	"empty": func([]byte) []byte { return nil },
	"zero":  func(data []byte) []byte { return make([]byte, len(data)) },
	"half":  func(data []byte) []byte { return data[:len(data)/2] },
	"tail": func(data []byte) []byte {
		return append(data[:len(data)-len(data)/4:len(data)-len(data)/4], make([]byte, len(data)/4)...)
	},
	"header":  func(data []byte) []byte { return data[:64] },
	"foreign": func([]byte) []byte { return []byte("package x\n") },
}

// flipped changes bytes at a distance from each other.
func flipped(data []byte, distance int) []byte {
	data = slices.Clone(data)
	for i := distance / 2; i < len(data); i += distance {
		data[i] ^= 0x40
	}
	return data
}

// harmless are the damages that leave what is read of the file, its beginning, as it
// was.
var harmless = map[string]bool{"whole": true, "half": true, "tail": true}

// damagedCopy is packages, with the export data of one of them damaged.
func damagedCopy(t *testing.T, packages []*listed, path string, damage func([]byte) []byte) []*listed {
	t.Helper()
	var copied []*listed
	for _, p := range packages {
		q := *p
		if q.ImportPath == path {
			data, err := os.ReadFile(p.Export)
			if err != nil {
				t.Fatal(err)
			}
			q.Export = filepath.Join(t.TempDir(), fmt.Sprintf("%d", len(copied)))
			if err := os.WriteFile(q.Export, damage(data), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		copied = append(copied, &q)
	}
	return copied
}
