package baseline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

func TestKnownFindingsAreSuppressed(t *testing.T) {
	name := filepath.Join(t.TempDir(), "baseline.json")
	old := []finding.Finding{
		{Check: "c", Rule: "r", File: "a.go", Line: 3, Fingerprint: "1"},
		{Check: "c", Rule: "r", File: "a.go", Line: 4, Fingerprint: "2"},
		{Check: "c", Rule: "r", File: "a.go", Line: 5, Fingerprint: "3", Suppressed: true, SuppressedBy: finding.ByComment},
	}
	count, err := Write(name, old)
	if err != nil || count != 2 {
		t.Fatalf("wrote %d findings, %v", count, err)
	}
	b, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	now := []finding.Finding{{Line: 30, Fingerprint: "1"}, {Fingerprint: "3"}, {Fingerprint: "4"}}
	if gone := b.Apply(now); gone != 1 {
		t.Errorf("%d entries are gone, want 1", gone)
	}
	if now[0].SuppressedBy != finding.ByBaseline || now[1].Suppressed || now[2].Suppressed {
		t.Errorf("got %+v", now)
	}
}

func TestFilesThatAreNoBaseline(t *testing.T) {
	for content, want := range map[string]string{
		"":             "is not a baseline",
		"[]":           "is not a baseline",
		`{"schema":2}`: "schema 2, want 1",
	} {
		name := filepath.Join(t.TempDir(), "baseline.json")
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", content, err, want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is a baseline")
	}
	if _, err := Write(t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "cannot write the baseline") {
		t.Errorf("a directory was written: %v", err)
	}
}
