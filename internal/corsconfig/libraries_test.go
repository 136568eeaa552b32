package corsconfig

import (
	"slices"
	"strings"
	"testing"
)

func TestLookup(t *testing.T) {
	if !slices.IsSortedFunc(Libraries, func(a, b *Library) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("Libraries is not sorted by name")
	}
	for _, l := range Libraries {
		if Lookup(l.Name) != l {
			t.Errorf("Lookup(%q) finds another library", l.Name)
		}
	}
	if Lookup("none") != nil {
		t.Error("Lookup finds a library that is not there")
	}
}

// FuzzAnswer gives every library odd entries and origins: whatever stands in a
// program, no answer panics, and a refusal answers nothing.
func FuzzAnswer(f *testing.F) {
	for _, entry := range []string{"", "*", "(", "[::", "://*.", "https://*.example.com", "/^https:/", "a, https://*.b"} {
		f.Add(entry, "https://a.example", "v1.2.3")
		f.Add(entry, "https://[", "")
	}
	f.Fuzz(func(t *testing.T, entry, origin, version string) {
		for _, l := range Libraries {
			for _, c := range []Config{list(entry), list(entry).with(wild), list().with(acceptAll), {Regexps: []string{entry}}} {
				a := l.Answer(version, c, origin)
				if a.Refused != "" && a != refused(a.Refused) || a.Credentials && a.AllowOrigin == "" && origin != "" {
					t.Errorf("%s answers %q with %+v", l.Name, origin, a)
				}
			}
		}
	})
}
