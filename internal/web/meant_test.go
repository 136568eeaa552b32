package web

import (
	"slices"
	"testing"
)

func TestMeant(t *testing.T) {
	for entry, want := range map[string][]string{
		"https://app.example.com":            {"https://app.example.com"},
		"https://App.Example.com/":           {"https://app.example.com"},
		"https://user@app.example.com:443/a": {"https://app.example.com"},
		"http://localhost:3000/":             {"http://localhost:3000"},
		"example.com":                        {"https://example.com", "https://sub.example.com", "http://example.com", "http://sub.example.com"},
		".example.com":                       {"https://example.com", "https://sub.example.com", "http://example.com", "http://sub.example.com"},
		"https://*.example.com":              {"https://sub.example.com", "https://example.com"},
		"http://localhost:*":                 {"http://localhost:8443", "http://localhost"},
		"https://a.com, https://b.com":       {"https://a.com", "https://b.com"},
		`^https://app\.example\.com$`:        {"https://app.example.com"},
		"capacitor://localhost":              {"capacitor://localhost"},
		"null":                               {"null"},
		"*":                                  {Any},
		"**":                                 nil,
		"":                                   nil,
		"file://":                            nil,
	} {
		got := Meant(entry)
		for _, origin := range want {
			if !slices.Contains(got, origin) {
				t.Errorf("Meant(%q) = %q, want %q among them", entry, got, origin)
			}
		}
		if want == nil && got != nil {
			t.Errorf("Meant(%q) = %q, want none", entry, got)
		}
	}
}

// FuzzMeant wants origins as browsers send them, whatever stands in a list.
func FuzzMeant(f *testing.F) {
	for _, entry := range []string{"https://*.example.com:443/a", "^(a|b)+$", "[::1]:80", "a, b;c", "://", "HTTPS://É.example"} {
		f.Add(entry)
	}
	f.Fuzz(func(t *testing.T, entry string) {
		for _, origin := range Meant(entry) {
			if reason := NeverMatches(origin); reason != "" {
				t.Errorf("Meant(%q) holds %q: %s", entry, origin, reason)
			}
		}
	})
}
