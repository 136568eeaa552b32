package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/soplint/soplint/internal/finding"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

// sources are the files that the findings below are in.
var sources = map[string]string{
	"web/cors.go": "package web\n\nfunc cors(w http.ResponseWriter, r *http.Request) {\n" +
		"\to := r.Header.Get(\"Origin\")\n" +
		"\tw.Header().Set(\"Access-Control-Allow-Origin\", o) // echo\n" +
		"\tw.Header().Set(\"Ünïcode\", \"\x1b[31m\u202e\", o)\r\n" +
		"\toptions := cors.Options{\n\t\tAll: true,\n\t}\n}\n",
	"long.go": "package long\n" + strings.Repeat("x", 500) + "\n",
}

func readSource(file string) ([]byte, error) {
	if source, ok := sources[file]; ok {
		return []byte(source), nil
	}
	return nil, errors.New("no such file")
}

// sample has every shape that a writer must deal with.
func sample() *Report {
	return &Report{
		Version: "v1.2.3",
		Findings: []finding.Finding{
			{Check: "corsorigin", Rule: "reflected", Severity: finding.Error,
				Message:   "Access-Control-Allow-Origin echoes the request's Origin, so any site can read this response",
				Condition: "the answer depends on cookies", URL: "https://example.com/corsorigin#reflected",
				Package: "example.com/app/web", File: "web/cors.go", Line: 5, Column: 2, EndLine: 5, EndColumn: 50,
				Related:     []finding.Related{{File: "web/cors.go", Line: 4, Column: 7, Message: "Origin header read here"}},
				Fixes:       []finding.Fix{{Message: "Remove the header", Edits: []finding.Edit{{File: "web/cors.go", Start: 10, End: 20, New: "<new>"}}}},
				Fingerprint: "0123456789abcdef"},
			{Check: "corsheader", Rule: "value", Severity: finding.Warning, Message: "escapes \x1b[2J and \u009b and \xff\u202e",
				Package: "example.com/app/web", File: "web/cors.go", Line: 6, Column: 17, EndLine: 6, EndColumn: 28},
			{Check: "corscredentials", Rule: "wildcard", Severity: finding.Note, Message: "spans lines",
				Package: "example.com/app/web", File: "web/cors.go", Line: 7, Column: 13, EndLine: 9, EndColumn: 3,
				Fixes: []finding.Fix{{Message: "Nothing to edit"}}},
			{Check: "wsorigin", Rule: "anyorigin", Severity: finding.Error, Message: "is suppressed",
				File: "web/cors.go", Line: 1, Column: 1, EndLine: 1, EndColumn: 1, Suppressed: true},
			{Check: "framing", Rule: "any", Severity: finding.Warning, Message: "in a line too long to show",
				File: "long.go", Line: 2, Column: 400, EndLine: 2, EndColumn: 410},
			{Check: "framing", Rule: "any", Severity: finding.Warning, Message: "in a file that is gone",
				File: "\x1b]0;gone.go", Line: 2, Column: 4, EndLine: 2, EndColumn: 4},
			{Check: "framing", Rule: "any", Severity: finding.Warning, Message: "at the end of its line, and beyond the file",
				File: "long.go", Line: 1, Column: 13, EndLine: 1, EndColumn: 13},
			{Check: "framing", Rule: "any", Severity: finding.Warning, Message: "beyond its line",
				File: "long.go", Line: 1, Column: 99, EndLine: 1, EndColumn: 99},
		},
		Problems: []finding.Problem{
			{Message: "pattern ./x matches no package"},
			{Package: "example.com/app/broken", File: "broken/b.go", Line: 7, Message: "does not type-check: undefined: x"},
			{Package: "example.com/app/broken", File: "broken/b.go", Message: "cannot be read\x1b"},
		},
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got:\n%s\nwant:\n%s", name, got, want)
	}
}

func TestText(t *testing.T) {
	for name, o := range map[string]TextOptions{
		"plain.txt":    {ReadFile: readSource},
		"verbose.txt":  {ReadFile: readSource, Verbose: true},
		"terminal.txt": {ReadFile: readSource, Terminal: true},
		"color.txt":    {ReadFile: readSource, Terminal: true, Color: true},
	} {
		var out bytes.Buffer
		if err := Text(&out, sample(), o); err != nil {
			t.Fatal(err)
		}
		golden(t, name, out.Bytes())
		if o.Color {
			continue
		}
		for _, r := range out.String() {
			if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
				t.Errorf("%s: control character %U in the output", name, r)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := JSON(&out, sample()); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.json", out.Bytes())
	for _, r := range out.String() {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			t.Errorf("control character %U in the document", r)
		}
	}
	if bytes.Contains(out.Bytes(), []byte("null")) {
		t.Error("the document has a null")
	}
}

func TestJSONOfNothing(t *testing.T) {
	var out bytes.Buffer
	if err := JSON(&out, &Report{Version: "v1"}); err != nil {
		t.Fatal(err)
	}
	golden(t, "empty.json", out.Bytes())
}

// What JSON writes, programs can read back into the same data.
func TestJSONRoundTrip(t *testing.T) {
	var out, again bytes.Buffer
	if err := JSON(&out, sample()); err != nil {
		t.Fatal(err)
	}
	var doc document
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if err := JSON(&again, &Report{Version: doc.Tool.Version, Findings: doc.Findings, Problems: doc.Errors}); err != nil {
		t.Fatal(err)
	}
	if out.String() != again.String() {
		t.Errorf("got %s", again.String())
	}
}

// Writers must not change the report, which others write, too.
func TestReportIsNotChanged(t *testing.T) {
	r := sample()
	if err := JSON(&bytes.Buffer{}, r); err != nil {
		t.Fatal(err)
	}
	if r.Findings[1].Related != nil || r.Findings[2].Fixes[0].Edits != nil {
		t.Error("JSON filled in lists of the report")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteErrors(t *testing.T) {
	if JSON(brokenWriter{}, sample()) == nil || Text(brokenWriter{}, sample(), TextOptions{}) == nil ||
		HTML(brokenWriter{}, sample(), HTMLOptions{}) == nil {
		t.Error("a writer hides that it could not write")
	}
}

func FuzzPrintable(f *testing.F) {
	for _, seed := range []string{"plain", "\t\x1b[31m", "\xff\xc3", "\u202e", "\ufffd"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range Printable(text) {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q becomes %q", text, Printable(text))
			}
		}
	})
}
