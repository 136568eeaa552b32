package web

import "testing"

func TestTighten(t *testing.T) {
	for _, row := range []struct{ pattern, subject, want string }{
		{`^https://app.example.com$`, "https://appxexample.com", `^https://app\.example\.com$`},
		{`https://example\.com`, "https://example.com.evil.example", `^https://example\.com$`},
		{`^https?://localhost`, "http://localhost.evil.example", `^https?://localhost(:[0-9]+)?$`},
		{`example\.com`, "https://evilexample.com", `^https?://example\.com$`},
		{`example\.com$`, "evilexample.com", `^example\.com$`},
		{`^https://example\.com|https://app\.example\.com$`, "https://example.com.evil.example", `^(?:https://example\.com|https://app\.example\.com)$`},
		{`^https://([a-z0-9-]+.)?example\.com$`, "https://evilexample.com", `^https://([a-z0-9-]+\.)?example\.com$`},
		{`^https://[a-z.]+.example.com`, "https://a.example.com.evil.test", `^https://[a-z.]+\.example\.com$`},
		{`^https://.*example\.com$`, "https://evilexample.com", ""},
		{`.*`, "https://evil.example", ""},
		{`(`, "https://evil.example", ""},
	} {
		if got := Tighten(row.pattern, row.subject); got != row.want {
			t.Errorf("Tighten(%s, %s) = %s, want %s", row.pattern, row.subject, got, row.want)
		}
	}
}

func TestDotBeforeName(t *testing.T) {
	for pattern, want := range map[string]string{
		"https://*example.com":  "https://*.example.com",
		"*example.com":          "*.example.com",
		"https://*.example.com": "",
		"https://example.com*":  "",
		"https://*":             "",
		"https://example.com":   "",
	} {
		if got := DotBeforeName(pattern); got != want {
			t.Errorf("DotBeforeName(%q) = %q, want %q", pattern, got, want)
		}
	}
}

func TestIsDomain(t *testing.T) {
	for text, want := range map[string]bool{
		"example.com": true, "example.com:8443": true, ".example.com": false, "https://example.com": false,
		"localhost": false, "": false, "example.com/": false,
	} {
		if got := IsDomain(text); got != want {
			t.Errorf("IsDomain(%q) = %t", text, got)
		}
	}
}
