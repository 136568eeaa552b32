// Package options holds the safe twins of victims that are left to a library's
// defaults. What sets the options of a store, or names the cookie of a token,
// anywhere in a package speaks for all that is there, so the twins live in a
// package of their own.
package options

import (
	"crypto/rand"
	"fmt"
	"net/http"

	"github.com/gorilla/csrf"
	"github.com/gorilla/sessions"

	"github.com/soplint/soplint/browser/victims/scene"
)

// SessionOfLibrarySafe says Lax.
func SessionOfLibrarySafe() http.Handler {
	store := sessions.NewCookieStore([]byte("0123456789abcdef0123456789abcdef"))
	store.Options.SameSite = http.SameSiteLaxMode
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := store.Get(r, "settled")
		if err == nil && !session.IsNew {
			fmt.Fprint(w, scene.User+"settled")
			return
		}
		session.Values["user"] = rand.Text()
		session.Save(r, w)
	})
}

// TokenOfHost has a cookie for its token that no other host can set.
func TokenOfHost() http.Handler {
	protect := csrf.Protect([]byte("0123456789abcdef0123456789abcdef"), csrf.CookieName("__Host-csrf"), csrf.Path("/"))
	return protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			fmt.Fprint(w, scene.User+"settled")
			return
		}
		fmt.Fprint(w, csrf.TemplateField(r))
	}))
}
