package driver

import (
	"os"
	"path/filepath"
	"testing"
)

// A source file of 100 MB, all of it a hole, is not read.
func TestLargeSource(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(name, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 100<<20); err != nil {
		t.Skip("no sparse files here")
	}
	if data, err := new(run).readSource(name); err == nil || data != nil {
		t.Errorf("%d bytes were read, %v", len(data), err)
	}
	if _, err := new(run).readSource(filepath.Dir(name)); err == nil {
		t.Error("a directory was read")
	}
}
