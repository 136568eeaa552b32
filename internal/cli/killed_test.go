package cli

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/driver/drivertest"
)

// kept counts the files below a folder.
func kept(dir string) int {
	count := 0
	_ = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			count++
		}
		return nil
	})
	return count
}

// command is the test binary as soplint, with a cache in a folder.
func command(t *testing.T, cache string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, append(args, "./...")...)
	cmd.Env = append(os.Environ(), asCommand+"=1", cacheVariable+"="+cache)
	return cmd
}

// killedAfter starts a command and kills it when there are some files in its cache.
func killedAfter(t *testing.T, entries int, cache string, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // it is killed, unless it was too fast for that
	}()
	for running := true; running && kept(cache) < entries; {
		select {
		case <-ended:
			running = false
		default:
		}
	}
	_ = cmd.Process.Kill()
	<-ended
	if n := kept(cache); n < entries {
		t.Fatalf("it ended by itself with %d entries", n)
	}
}

// A run that is killed when it has kept some results leaves none that is wrong: the
// next run's document is what one without a cache gives, and so is that of the run
// after, which analyses nothing.
func TestKilledRun(t *testing.T) {
	const packages = 40
	writeFiles(t, drivertest.Chain(packages, "package web\n\nfunc bad() {}\n\nfunc Calls() { bad() }\n"))
	run := func(cache string, args ...string) (document, said string) {
		var stdout, stderr bytes.Buffer
		cmd := command(t, cache, append(args, "-v", "-format=json")...)
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		_ = cmd.Run() // it fails as there are reports
		return stdout.String(), stderr.String()
	}
	want, _ := run(t.TempDir(), "-no-cache")
	if got := strings.Count(want, `"rule": "indirect"`); got < packages-1 {
		t.Fatalf("%d reports in\n%s", got, want)
	}
	for _, entries := range []int{1, packages / 4, packages / 2} {
		cache := filepath.Join(t.TempDir(), "cache")
		killedAfter(t, entries, cache, command(t, cache))
		if document, _ := run(cache); document != want {
			t.Errorf("killed after %d entries: the next run gives\n%s\nwant\n%s", entries, document, want)
		}
		if document, said := run(cache); document != want || !strings.Contains(said, "analysed 0 packages") {
			t.Errorf("killed after %d entries: the run after the next gives\n%s%s", entries, said, document)
		}
	}
}
