package cli

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/fixture"
)

// TestFixesCompile applies every fix that there is for the fixtures, and
// compiles the result. A second run has nothing to fix.
func TestFixesCompile(t *testing.T) {
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(fixture.Root())); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"GO111MODULE": "off", "GOPATH": root, "GOFLAGS": "", "GOPROXY": "off", "GOENV": "off"} {
		t.Setenv(name, value)
	}
	allowMissingBodies(t, filepath.Join(root, "src"))
	t.Chdir(filepath.Join(root, "src", "fixtures"))
	run := func(args ...string) (stdout, stderr string) {
		var out, errors bytes.Buffer
		if code := Main(append(args, "./..."), nil, &out, &errors); code == exitProblems {
			t.Fatalf("%v:\n%s%s", args, out.String(), errors.String())
		}
		return out.String(), errors.String()
	}
	first, _ := run("-diff")
	folders := changed(first)
	if len(folders) < 2 {
		t.Fatalf("fixtures of two checks have fixes; the diff is\n%s", first)
	}
	if _, stderr := run("-fix"); !strings.Contains(stderr, "soplint: fixed ") {
		t.Errorf("standard error: %q", stderr)
	}
	if out, err := exec.Command("go", append([]string{"build"}, folders...)...).CombinedOutput(); err != nil {
		t.Errorf("the fixed code does not compile: %v\n%s", err, out)
	}
	if diff, _ := run("-diff"); diff != "" {
		t.Errorf("a second run would change\n%s", diff)
	}
}

// changed returns the folders of the files in a diff, as patterns.
func changed(diff string) []string {
	var folders []string
	for line := range strings.Lines(diff) {
		if name, ok := strings.CutPrefix(line, "--- "); ok {
			folders = append(folders, "./"+filepath.Dir(strings.TrimSpace(name)))
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// allowMissingBodies puts an empty assembly file beside every stub: without one
// the compiler refuses functions that have no body.
func allowMissingBodies(t *testing.T, root string) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "stub.go" {
			err = os.WriteFile(filepath.Join(filepath.Dir(path), "stub.s"), nil, 0o666)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
