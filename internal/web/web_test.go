package web

import (
	"slices"
	"strings"
	"testing"
)

func TestNeverMatches(t *testing.T) {
	for value, want := range map[string]string{
		"*": "", "null": "", "": "", "https://app.example.com": "", "http://localhost:3000": "",
		"capacitor://localhost":        "",
		"https://app.example.com/":     "slash",
		"https://app.example.com/api":  "behind",
		"https://a.com, https://b.com": "list",
		"https://*.example.com":        "wildcards",
		"app.example.com":              "scheme",
		"https://App.example.com":      "lower case",
		"https://app.example.com:443":  "default port",
		"http://app.example.com:80":    "default port",
		"https://":                     "no origin",
	} {
		got := NeverMatches(value)
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("NeverMatches(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestAttackers(t *testing.T) {
	for literal, want := range map[string]string{
		"example.com":                       "https://evilexample.com",
		"https://example.com":               "https://example.com.evil.example",
		".example.com":                      "https://example.com.evil.example",
		"http://192.168.":                   "http://192.168.evil.example",
		"localhost":                         "https://localhost.evil.example",
		`^https://app.example.com$`:         "https://appxexample.com",
		`^https://.*example\.com$`:          "https://evilexample.com",
		`^https://.*\.example\.com`:         "https://evil.example.com.evil.example",
		"https://example.com,https://b.org": "https://example.co",
		"https://*.example.com":             "https://evilexample.com",
		"https://*.com":                     "https://evil.com",
		".io":                               "https://evil.io",
		":3000":                             "https://evil.example:3000",
		"3000":                              "http://evil.example:3000",
		":":                                 "https://evil.example:8443",
		`:\d+$`:                             "https://evil.example:8443",
		`/^https://.*example\.com$/`:        "https://evilexample.com",
	} {
		found := slices.ContainsFunc(Attackers([]string{literal}), func(a Attacker) bool { return a.Origin == want })
		if !found {
			t.Errorf("Attackers(%q) lacks %s: %v", literal, want, Attackers([]string{literal}))
		}
	}
}

// A check that compares whole origins, or the host below its dot, must stand.
func TestAttackersAreStrangers(t *testing.T) {
	for _, literal := range []string{"https://example.com", "example.com", "https://app.example.co.uk", `^https://example\.com$`, ".localhost"} {
		for _, a := range Attackers([]string{literal}) {
			host := strings.TrimPrefix(strings.TrimPrefix(a.Origin, "https://"), "http://")
			trusted := strings.TrimPrefix(strings.NewReplacer("^", "", "$", "", `\`, "").Replace(literal), "https://")
			if host == trusted || strings.HasSuffix(host, "."+trusted) {
				t.Errorf("Attackers(%q) has %s", literal, a.Origin)
			}
		}
	}
}

// Where an unescaped dot does not stand for one of the dots of a trusted host,
// what it matches is as good as what was meant.
func TestUnescapedDots(t *testing.T) {
	for pattern, want := range map[string][]string{
		`^https://app.example\.com$`:                         {"https://appxexample.com"},
		`^https?://(www.)?example\.com$`:                     {"http://wwwxexample.com", "https://wwwxexample.com"},
		`^https://app.example\.co\.uk$`:                      {"https://appxexample.co.uk"},
		`^https://example\.com(/.)?$`:                        nil,
		`^(https://example\.com|https://pr.\.example\.com)$`: nil,
		`^https://(staging-.)?app\.example\.com$`:            nil,
		`^https://.{1,20}\.example\.com$`:                    nil,
		`^https://app\.example.com$`:                         nil,
		`^https://a.b\.example\.com$`:                        nil,
	} {
		if _, wrong := matches(pattern); !slices.Equal(wrong, want) {
			t.Errorf("matches(%q) is wrong with %q, want %q", pattern, wrong, want)
		}
	}
}

func TestPrefixedNeedsControl(t *testing.T) {
	for _, a := range Attackers([]string{"app.example.com"}) {
		if a.Foothold == Sibling && a.Control == "" {
			t.Errorf("%s has no control", a.Origin)
		}
	}
}

func FuzzAttackers(f *testing.F) {
	for _, seed := range []string{"example.com", "^https://.*$", "(", "https://[::1]", "a{1000}", "*.x", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, literal string) {
		for _, a := range Attackers([]string{literal}) {
			if !IsOrigin(a.Origin) {
				t.Errorf("Attackers(%q) has %q", literal, a.Origin)
			}
		}
		NeverMatches(literal)
	})
}
