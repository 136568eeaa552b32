package cli

import (
	"bytes"
	"runtime"
	"testing"

	"golang.org/x/tools/txtar"
)

// A map is the same on every run, however many packages are looked at at once.
func TestMapStable(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/map.txtar")
	if err != nil {
		t.Fatal(err)
	}
	newScript(t, archive)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, format := range mapFormats {
		var first string
		for i, processors := range []int{1, 4, 4, 2} {
			runtime.GOMAXPROCS(processors)
			var out, problems bytes.Buffer
			if code := Main([]string{"map", "-q", "-format=" + format, "./..."}, nil, &out, &problems); code != exitClean {
				t.Fatalf("exit %d: %s", code, problems.String())
			}
			if i == 0 {
				first = out.String()
			} else if out.String() != first {
				t.Errorf("-format=%s: the map of run %d is another one:\n%s\nwas\n%s", format, i, out.String(), first)
			}
		}
		if first == "" {
			t.Errorf("-format=%s writes nothing", format)
		}
	}
}
