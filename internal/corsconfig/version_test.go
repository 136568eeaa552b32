package corsconfig

import (
	"slices"
	"strings"
	"testing"
)

func TestBefore(t *testing.T) {
	ascending := []string{
		"v0.0.0-20160420130702-97b4a9da7933",
		"v0.0.0-20220228000000-ef28d3d00000",
		"v0.1.0",
		"v1.2",
		"v1.10.0-rc.1",
		"v1.10.0-rc.2",
		"v1.10.0",
		"v1.10.1-0.20230101000000-abcdefabcdef",
		"v1.10.1",
		"v2.16.0+incompatible",
		"",
	}
	for i, a := range ascending {
		for j, b := range ascending[:len(ascending)-1] {
			if got, want := before(a, b), i < j; got != want {
				t.Errorf("before(%q, %q) = %t", a, b, got)
			}
		}
	}
	if compareVersions("v2.16.0+incompatible", "v2.16.0") != 0 {
		t.Error("build metadata counts")
	}
}

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
