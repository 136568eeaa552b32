package driver

import "testing"

// What the go command does before it fails depends on what has been downloaded: an
// error names what failed.
func TestProgress(t *testing.T) {
	for text, want := range map[string]string{
		"go: finding module for package example.com/a\ngo: downloading example.com/b v1.0.0\ngo: toolchain upgrade needed to resolve example.com/b\ngo: example.com/b@v1.0.0 requires go >= 1.99 (running go 1.26)\n": "example.com/b@v1.0.0 requires go >= 1.99 (running go 1.26); install that version of Go, or set GOTOOLCHAIN=auto",
		"go: updates to go.mod needed; to update it:\n\tgo mod tidy": "updates to go.mod needed; to update it; run go mod tidy",
		"go: downloading example.com/b v1.0.0":                       "downloading example.com/b v1.0.0",
	} {
		if got := adviseOn(failureText(text)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}
