package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

func lookup(name string) error {
	if name == "cors" || name == "cors/weak" {
		return nil
	}
	return fmt.Errorf("unknown check %q", name)
}

func TestParse(t *testing.T) {
	c, err := Parse(Name, "/app", []byte(`
checks: [cors, -cors/weak]
severity:
  cors: warning
  cors/weak: note
exclude:
  - ./legacy/
  - "**/*_gen.go"
development: [cfg.Debug]
models:
  - web example.com/fw # our own
`), lookup)
	if err != nil {
		t.Fatal(err)
	}
	if c.Checks != "cors,-cors/weak" || len(c.Development) != 1 || c.Development[0] != "cfg.Debug" {
		t.Errorf("got %+v", c)
	}
	for id, want := range map[string]finding.Severity{"cors/weak": finding.Note, "cors/null": finding.Warning, "ws/any": finding.Error} {
		if got := c.Severity(id, finding.Error); got != want {
			t.Errorf("severity of %s is %s, want %s", id, got, want)
		}
	}
	for file, want := range map[string]bool{
		"/app/legacy/a.go": true, "/app/legacy/b/a.go": true, "/app/legacyy/a.go": false, "/app/a_gen.go": true,
		"/app/b/a_gen.go": true, "/app/web/legacy/a.go": false, "/other/legacy/a.go": false,
	} {
		if got := c.Excluded(filepath.FromSlash(file)); got != want {
			t.Errorf("excluded %s: %v", file, got)
		}
	}
	if !c.IsWebPackage("example.com/fw") || !c.IsWebPackage("net/http") || new(Config).IsWebPackage("example.com/fw") {
		t.Error("web packages are not those of the models")
	}
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"checks: [":                         `.soplint.yml:1: not YAML: did not find expected node content`,
		"\nchecsk: []":                      `.soplint.yml:2: unknown key "checsk" (did you mean checks?)`,
		"checks: []\nchecks: []":            `.soplint.yml:2: "checks" stands twice`,
		"checks: cors":                      `.soplint.yml:1: checks must be a list`,
		"checks:\n  - cors\n  - crs":        `.soplint.yml:3: unknown check "crs"`,
		"checks: [1]":                       `.soplint.yml:1: an entry of checks must be a string`,
		"- cors":                            `.soplint.yml:1: the configuration must be a mapping of names to values`,
		"severity: {cors: high}":            `.soplint.yml:1: unknown severity "high" (want note, warning or error)`,
		"severity:\n  crs: error":           `.soplint.yml:2: unknown check "crs"`,
		"severity: [cors]":                  `.soplint.yml:1: severity must be a mapping of names to values`,
		"exclude: ['[']":                    `.soplint.yml:1: pattern "[" is not well-formed; * stands for a part of a name, ** for any folders`,
		"exclude: [../x]":                   `.soplint.yml:1: pattern "../x" must be relative to the directory of .soplint.yml, and in it`,
		"exclude: ['']":                     `.soplint.yml:1: a pattern of exclude is empty`,
		"development: [a b]":                `.soplint.yml:1: development needs names of settings as reports write them, such as cfg.Debug, not "a b"`,
		"models:\n- web a/b\n- wbe a/c":     `.soplint.yml:3: unknown role "wbe" (did you mean web?)`,
		"exclude: &a [x]\nchecks: *a":       `.soplint.yml:2: checks must be a list`,
		"exclude: [&a x]":                   `.soplint.yml:1: an entry of exclude must be a string`,
		"checks: []\n---\nchecks: []":       `.soplint.yml:2: a second document; the configuration is one`,
		"checks: [crs]\nseverity: {crs: x}": ".soplint.yml:1: unknown check \"crs\"\n.soplint.yml:2: unknown check \"crs\"",
	} {
		_, err := Parse(Name, "/app", []byte(text), lookup)
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestNothing(t *testing.T) {
	for _, text := range []string{"", "# only a comment\n", "---\n", "~"} {
		if c, err := Parse(Name, "/app", []byte(text), lookup); err != nil || c.Checks != "" || c.Excluded("/app/a.go") {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	}
}

func TestTooLarge(t *testing.T) {
	name := filepath.Join(t.TempDir(), Name)
	if err := os.WriteFile(name, []byte(strings.Repeat("#", largest+1)), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(name, lookup); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"repo/.git/HEAD", "repo/.soplint.yml", "repo/a/go.mod", "repo/a/b/.soplint.yml", "repo/c/go.mod", "repo/c/.soplint.yml",
		".soplint.yml", "repo/d/d.go", "lone/go.mod"} {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for dir, want := range map[string]string{
		"repo": "repo/.soplint.yml", "repo/a/b": "repo/.soplint.yml", "repo/c": "repo/c/.soplint.yml", "repo/d": "repo/.soplint.yml",
		"lone": "",
	} {
		if want != "" {
			want = filepath.Join(root, filepath.FromSlash(want))
		}
		if got, err := Find(filepath.Join(root, filepath.FromSlash(dir))); got != want || err != nil {
			t.Errorf("in %s: %q, want %q; %v", dir, got, want, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("checks: [cors]\nseverity: {cors: note}\nexclude: ['**']\nmodels: ['web a/b']\n")
	f.Add("a: &a [*a, *a]\nb: [*a]\n")
	f.Add("? [x]\n: y\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(Name, "/app", []byte(text), lookup)
		if err != nil {
			for _, mistake := range err.(interface{ Unwrap() []error }).Unwrap() {
				if !strings.HasPrefix(mistake.Error(), Name+":") {
					t.Errorf("no place in %q", mistake)
				}
			}
			return
		}
		c.Excluded("/app/a.go")
	})
}
