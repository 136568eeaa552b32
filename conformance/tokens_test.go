package conformance

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-chi/jwtauth/v5"
	"golang.org/x/net/xsrftoken"

	"github.com/soplint/soplint/internal/model"
)

// TestXSRFToken wants a token to be a secret: what a page sends without it, or with
// one of its own, is refused.
func TestXSRFToken(t *testing.T) {
	const key, user, action = "key", "user", "remove"
	if !xsrftoken.Valid(xsrftoken.Generate(key, user, action), key, user, action) {
		t.Error("the user's own token is refused")
	}
	for name, token := range map[string]string{"none": "", "the attacker's": xsrftoken.Generate(key, "attacker", action)} {
		if xsrftoken.Valid(token, key, user, action) {
			t.Errorf("%s is taken for the user's", name)
		}
	}
	if model.Builtin().Find("secret", "golang.org/x/net/xsrftoken.Valid") == nil {
		t.Error("there is no row")
	}
}

// TestJWTAuth wants jwtauth.Verify to take tokens from where its functions look, and
// from nowhere else: a cookie is none for TokenFromHeader.
func TestJWTAuth(t *testing.T) {
	auth := jwtauth.New("HS256", []byte("key"), nil)
	_, token, err := auth.Encode(map[string]any{"user": "u"})
	if err != nil {
		t.Fatal(err)
	}
	cookie := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "jwt", Value: token}) }
	header := func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
	for name, c := range map[string]struct {
		verify func(http.Handler) http.Handler
		add    func(*http.Request)
		passes bool
	}{
		"header asked, header sent": {jwtauth.Verify(auth, jwtauth.TokenFromHeader), header, true},
		"header asked, cookie sent": {jwtauth.Verify(auth, jwtauth.TokenFromHeader), cookie, false},
		"cookie asked, cookie sent": {jwtauth.Verify(auth, jwtauth.TokenFromCookie), cookie, true},
		"Verifier, cookie sent":     {jwtauth.Verifier(auth), cookie, true},
	} {
		served := false
		handler := c.verify(jwtauth.Authenticator(auth)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served = true })))
		request := httptest.NewRequest("POST", "/", nil)
		c.add(request)
		handler.ServeHTTP(httptest.NewRecorder(), request)
		if served != c.passes {
			t.Errorf("%s: served %v", name, served)
		}
	}
	if model.Builtin().Find("token.new", "github.com/go-chi/jwtauth/v5.Verify") == nil {
		t.Error("there is no row")
	}
}
