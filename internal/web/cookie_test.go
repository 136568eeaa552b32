package web

import (
	"slices"
	"strings"
	"testing"
)

func TestParseSetCookie(t *testing.T) {
	for text, want := range map[string]SetCookie{
		"a=b": {Name: "a", Value: "b"},
		"sid=" + Gap + "; Path=/; HttpOnly; Expires=" + Gap: {Name: "sid", Value: Gap},
		"a=b; samesite = Lax":                               {Name: "a", Value: "b", SameSite: SameSiteLax},
		"a=b;SameSite=none;secure":                          {Name: "a", Value: "b", SameSite: SameSiteNone, Secure: true},
		"a=b; SameSite=Foo":                                 {Name: "a", Value: "b"},
		"a=b; SameSite=" + Gap:                              {Name: "a", Value: "b", Open: true},
		"a=b" + "; " + Gap:                                  {Name: "a", Value: "b", Open: true},
		"a=; Max-Age=0":                                     {Name: "a", Deletes: true},
		"a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT":         {Name: "a", Deletes: true},
	} {
		if got := ParseSetCookie(text); got != want {
			t.Errorf("ParseSetCookie(%q) = %+v, want %+v", text, got, want)
		}
	}
}

func FuzzParseSetCookie(f *testing.F) {
	f.Add("sid=1; Path=/; SameSite=Lax")
	f.Add("=;;=")
	f.Fuzz(func(t *testing.T, text string) {
		c := ParseSetCookie(text)
		if c.SameSite != SameSiteUnset && !strings.Contains(strings.ToLower(text), "samesite") {
			t.Errorf("%q: SameSite out of nothing", text)
		}
		if strings.ContainsAny(c.Name, ";=") || strings.Contains(c.Value, ";") {
			t.Errorf("%q: %+v", text, c)
		}
	})
}

func TestPurposeOf(t *testing.T) {
	for name, want := range map[string]Purpose{
		"session": Credential, "user_sess": Credential, "JSESSIONID": Credential, "PHPSESSID": Credential, "authToken": Credential,
		"__Host-sid": Credential, "access_token": Credential, "agh_session": Credential, "app.jwt": Credential,
		"csrf_token": Other, "XSRF-TOKEN": Other, "oauth_state": Other, "session_state": Other, "authRedirect": Other,
		"gorilla.csrf.Token": Other, "theme": Other, "lang": Other,
		"assessment": NotTold, "sidecar": NotTold, "user": NotTold, "": NotTold,
	} {
		if got := PurposeOf(name); got != want {
			t.Errorf("PurposeOf(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for name, want := range map[string][]string{
		"user_sessionID":   {"user", "session", "id"},
		"JWTToken":         {"jwt", "token"},
		"__Host-auth.code": {"host", "auth", "code"},
		"":                 nil,
	} {
		if got := Words(name); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", name, got, want)
		}
	}
}
