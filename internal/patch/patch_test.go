package patch

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

const source = "package p\n\nfunc f() {\n\tbad()\n\tgood()\n}\n"

func readSource(string) ([]byte, error) { return []byte(source), nil }

// fixed is a finding whose fix replaces old, which stands once in source.
func fixed(old, replacement string) finding.Finding {
	start := strings.Index(source, old)
	return finding.Finding{Fixes: []finding.Fix{{Edits: []finding.Edit{
		{File: "p.go", Start: start, End: start + len(old), New: replacement}}}}}
}

func TestMake(t *testing.T) {
	suppressed := fixed("good()", "worse()")
	suppressed.Suppress(finding.ByComment)
	for name, test := range map[string]struct {
		findings    []finding.Finding
		after       string
		fixed, left int
	}{
		"one":           {[]finding.Finding{fixed("bad()", "fine()")}, strings.Replace(source, "bad", "fine", 1), 1, 0},
		"same edit":     {[]finding.Finding{fixed("bad()", "fine()"), fixed("bad()", "fine()")}, strings.Replace(source, "bad", "fine", 1), 2, 0},
		"overlapping":   {[]finding.Finding{fixed("bad()", "fine()"), fixed("bad", "other")}, strings.Replace(source, "bad", "fine", 1), 1, 1},
		"one place":     {[]finding.Finding{fixed("bad()", "fine()"), fixed("good()", "ok()")}, "package p\n\nfunc f() {\n\tfine()\n\tok()\n}\n", 2, 0},
		"formatted":     {[]finding.Finding{fixed("bad()", "if  true {}")}, strings.Replace(source, "bad()", "if true {\n\t}", 1), 1, 0},
		"suppressed":    {[]finding.Finding{suppressed}, "", 0, 0},
		"without a fix": {[]finding.Finding{{}}, "", 0, 0},
	} {
		set, err := Make(test.findings, readSource)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		after := ""
		if len(set.Files) > 0 {
			after = string(set.Files[0].After)
		}
		if after != test.after || set.Fixed != test.fixed || set.Left != test.left {
			t.Errorf("%s: %d fixed, %d left:\n%s", name, set.Fixed, set.Left, after)
		}
	}
}

func TestWhatCannotBeFixed(t *testing.T) {
	if _, err := Make([]finding.Finding{fixed("bad()", "(")}, readSource); err == nil || !strings.Contains(err.Error(), "does not parse") {
		t.Errorf("code that does not parse: %v", err)
	}
	gone := func(string) ([]byte, error) { return nil, errors.New("gone") }
	if _, err := Make([]finding.Finding{fixed("bad()", "")}, gone); err == nil {
		t.Error("fixed a file that cannot be read")
	}
	short := func(string) ([]byte, error) { return []byte("package p\n"), nil }
	if _, err := Make([]finding.Finding{fixed("bad()", "")}, short); err == nil {
		t.Error("fixed a file that is shorter than it was")
	}
}

func TestWriteAndDiff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := Make([]finding.Finding{fixed("bad()", "fine()")}, readSource)
	if err != nil {
		t.Fatal(err)
	}
	want := "--- p.go\n+++ p.go\n@@ -1,6 +1,6 @@\n package p\n \n func f() {\n-\tbad()\n+\tfine()\n \tgood()\n }\n"
	if got := set.Diff(); got != want {
		t.Errorf("got diff\n%s\nwant\n%s", got, want)
	}
	here := func(string) string { return path }
	if err := set.Write(here); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(path)
	if info, _ := os.Stat(path); string(data) != string(set.Files[0].After) || info.Mode() != 0o600 {
		t.Errorf("mode %v, content:\n%s", info.Mode(), data)
	}
	if err := set.Write(here); err == nil || !strings.Contains(err.Error(), "changed during the analysis") {
		t.Errorf("wrote a file that had changed: %v", err)
	}
}
