package baseline

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

// FuzzRead reads what may be a baseline: it suppresses the findings that it names.
func FuzzRead(f *testing.F) {
	for _, text := range []string{`{"schema": 1, "findings": [{"fingerprint": "a"}]}`, `{"schema": 2}`, `[]`, `{"schema": 1, "findings": null}`, `{"schema": 1e0}`, ""} {
		f.Add([]byte(text))
	}
	name := filepath.Join(f.TempDir(), "baseline.json")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		b, err := Read(name)
		if err != nil {
			return
		}
		findings := []finding.Finding{{Fingerprint: "a"}, {Fingerprint: "b"}}
		gone := b.Apply(findings)
		for _, f := range findings {
			if f.Suppressed != b.fingerprints[f.Fingerprint] {
				t.Errorf("%s is suppressed: %v", f.Fingerprint, f.Suppressed)
			}
		}
		if gone < 0 || gone > len(b.fingerprints) {
			t.Errorf("%d of %d are gone", gone, len(b.fingerprints))
		}
	})
}
