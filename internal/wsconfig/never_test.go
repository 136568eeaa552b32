package wsconfig

import (
	"strings"
	"testing"
)

// TestNeverMatches holds each reason against Accepts, too: no origin that a
// browser sends is accepted because of such a pattern.
func TestNeverMatches(t *testing.T) {
	for _, r := range []struct{ library, version, pattern, want string }{
		{"coder", "v1.8.13", "https://app.example", "only the host is compared"},
		{"coder", "v1.8.14", "https://app.example", ""},
		{"coder", "", "https://sub.app.example/", "path"},
		{"coder", "", "sub.app.example/ws", "path"},
		{"coder", "", "*", ""},
		{"coder", "", "", ""},
		{"coder", "", "*://sub.app.example", ""},
		{"coder", "", "null", "empty"},
		{"coder", "", "[a", "malformed"},
		{"coder", "", "https://sub.app.example:443", "default port"},
		{"nhooyr", "", "https://app.example", "only the host is compared"},
		{"nhooyr", "", "sub.app.example", ""},
		{"fiber/v2", "", "https://sub.app.example", ""},
		{"fiber/v2", "", "null", ""},
		{"fiber/v2", "", "https://*.app.example", "wildcard"},
		{"fiber/v2", "", "sub.app.example", "scheme"},
		{"fiber/v2", "", "https://sub.app.example/", "path"},
		{"fiber/v2", "", "https://Sub.app.example", "lower case"},
		{"fiber/v2", "", "https://sub.app.example,https://a.example", "more than one"},
		{"fiber/v2", "", "http://sub.app.example:80", "default port"},
		{"fiber/v3", "", "*", ""},
		{"fiber/v3", "", "https://sub.app.example:443", "default port"},
		{"go-ethereum", "", "*", ""},
		{"go-ethereum", "", "https://sub.app.example/", ""},
		{"go-ethereum", "", "127.0.0.1:8545", "parse"},
		{"go-ethereum", "", "*.app.example", "wildcard"},
		{"go-ethereum", "", "sub.app.example/ws", "host"},
		{"go-ethereum", "", "Sub.app.example", "lower case"},
		{"go-ethereum", "", "https://sub.app.example:443", "default port"},
		{"nats", "", "https://sub.app.example:443/", ""},
		{"nats", "", "*", "does not start"},
		{"nats", "", "sub.app.example", "does not start"},
		{"nats", "", "https://*.app.example", "wildcard"},
		{"gorilla", "", "*", ""},
	} {
		l := Lookup(r.library)
		c := on(list(r.pattern), l.switches...)
		reason, never := l.NeverMatches(r.version, c, r.pattern)
		if never != (r.want != "") || !strings.Contains(reason, r.want) {
			t.Errorf("%s %s: pattern %q never matches: %q, want %q", r.library, r.version, r.pattern, reason, r.want)
		}
		if never {
			refuses(t, l, r.version, c)
		}
	}
}

func refuses(t *testing.T, l *Library, version string, c Config) {
	for _, origin := range []string{
		"null", "https://sub.app.example", "http://sub.app.example", "https://a.sub.app.example",
		"https://a.example", "http://127.0.0.1:8545", "https://sub.app.example:8443",
	} {
		if l.Accepts(version, c, origin, host) {
			t.Errorf("%s %s: pattern %q accepts %s", l.Name, version, c.Patterns[0], origin)
		}
	}
}

// TestStarElsewhere is the "*" of fiber v2 that only counts in the first place.
func TestStarElsewhere(t *testing.T) {
	l := Lookup("fiber/v2")
	if _, never := l.NeverMatches("", list("*", "https://app.example"), "*"); never {
		t.Error("* never matches in the first place")
	}
	if _, never := l.NeverMatches("", list("https://app.example", "*"), "*"); !never {
		t.Error("* matches in the second place")
	}
}
