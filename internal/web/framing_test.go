package web_test

import (
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/web"
)

// What browsers were seen to do with these.
func TestReadFrameOptions(t *testing.T) {
	for _, c := range []struct {
		values []string
		want   web.FrameOptions
	}{
		{[]string{"DENY"}, web.FrameDeny},
		{[]string{" deny\t"}, web.FrameDeny},
		{[]string{"SAMEORIGIN", "sameorigin"}, web.FrameSameOrigin},
		{[]string{"SAMEORIGIN, DENY"}, web.FrameConfused},
		{[]string{"SAMEORIGIN", "DENY"}, web.FrameConfused},
		{[]string{"foo", "DENY"}, web.FrameConfused},
		{[]string{"ALLOWALL"}, web.FrameIgnored},
		{[]string{"ALLOW-FROM https://a.example"}, web.FrameIgnored},
		{[]string{"ALLOW-FROM " + web.Unknown}, web.FrameIgnored},
		{[]string{`"DENY"`}, web.FrameIgnored},
		{[]string{""}, web.FrameIgnored},
		{[]string{web.Unknown}, web.FrameUnknown},
	} {
		if got := web.ReadFrameOptions(c.values...); got != c.want {
			t.Errorf("%q: %v, want %v", c.values, got, c.want)
		}
	}
}

func TestMeantFrameOptions(t *testing.T) {
	for value, want := range map[string]string{
		`"DENY"`: "DENY", "SAME-ORIGIN": "SAMEORIGIN", "same_origin;": "SAMEORIGIN", "ALLOWALL": "", "ALLOW-FROM https://a.example": "",
	} {
		if got := web.MeantFrameOptions(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestReadFramers(t *testing.T) {
	for value, want := range map[string]web.Framers{
		"default-src 'none'":                                 {},
		"frame-ancestors *":                                  {Named: true, Anybody: "*"},
		"Frame-Ancestors 'self' HTTPS:":                      {Named: true, Anybody: "HTTPS:", Mixed: true},
		"frame-ancestors http:":                              {Named: true, Anybody: "http:"},
		"frame-ancestors https://*":                          {Named: true, Anybody: "https://*"},
		"frame-ancestors *:*":                                {Named: true, Anybody: "*:*"},
		"frame-ancestors *:8443":                             {Named: true},
		"frame-ancestors data: blob:":                        {Named: true},
		"frame-ancestors https://*.example.com":              {Named: true},
		"frame-ancestors":                                    {Named: true},
		"frame-ancestors 'none'; frame-ancestors *":          {Named: true},
		"frame-ancestors *, frame-ancestors 'self'":          {Named: true},
		"frame-ancestors 'self', frame-ancestors *":          {Named: true},
		"script-src 'nonce-" + web.Unknown + "'":             {Unknown: true},
		"frame-ancestors " + web.Unknown + "; img-src data:": {Named: true, Unknown: true},
	} {
		if got := web.ReadFramers(value); got != want {
			t.Errorf("%q: %+v, want %+v", value, got, want)
		}
	}
}

func TestReadPolicy(t *testing.T) {
	for value, want := range map[string]string{
		"same-origin": "same-origin", ` same-origin; report-to="coop"`: "same-origin", "SAME-ORIGIN": "", `"same-origin"`: "", "same-origin, same-origin": "",
	} {
		if got := web.ReadPolicy(value, web.OpenerPolicies, true); got != want {
			t.Errorf("opener %q: %q, want %q", value, got, want)
		}
	}
	if got := web.ReadPolicy("same-site; x", web.ResourcePolicies, false); got != "" {
		t.Errorf("a resource policy has no parameters: %q", got)
	}
}

func TestMeantPolicy(t *testing.T) {
	for value, want := range map[string]string{
		"SAME-ORIGIN": "same-origin", "same_origin": "same-origin", "sameorigin": "same-origin", "same-origins": "same-origin",
		"same-origin-allow-popup": "same-origin-allow-popups", "*": "", "deny": "",
	} {
		if got := web.MeantPolicy(value, web.OpenerPolicies); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestMeantHeader(t *testing.T) {
	for name, want := range map[string]string{
		"X-Frame-Options": "", "x-frame-options": "", "Cross-Origin-Embedder-Policy-Report-Only": "",
		"X-Frame-Option": "X-Frame-Options", "X_Frame_Options": "X-Frame-Options", "XFrame-Options": "X-Frame-Options",
		"Cross-Origin-Openner-Policy": "Cross-Origin-Opener-Policy", "Cross-Origin-Embed-Policy": "Cross-Origin-Embedder-Policy",
		"Content-Security-Policies": "Content-Security-Policy", "X-Content-Security-Policy": "Content-Security-Policy",
		"X-Content-Type-Options": "", "X-Forwarded-Host": "", "Referrer-Policy": "", "Permissions-Policy": "", "Origin-Agent-Cluster": "",
	} {
		if got := web.MeantHeader(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// A policy that names nobody lets nobody in, whatever stands around it.
func FuzzReadFramers(f *testing.F) {
	f.Add("default-src 'self'; frame-ancestors 'self' https:")
	f.Add("frame-ancestors *, frame-ancestors 'none'")
	f.Fuzz(func(t *testing.T, value string) {
		framers := web.ReadFramers(value)
		if framers.Anybody != "" && !framers.Named {
			t.Errorf("%q lets everybody in and names nobody", value)
		}
		if closed := web.ReadFramers(value + ", frame-ancestors 'none'"); closed.Anybody != "" {
			t.Errorf("%q lets %s in beside a policy that refuses everybody", value, closed.Anybody)
		}
		if framers.Mixed && framers.Anybody == "" || strings.ContainsAny(framers.Anybody, " ;,") {
			t.Errorf("%q: %+v", value, framers)
		}
	})
}
