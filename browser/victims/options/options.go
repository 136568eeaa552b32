// Package options holds the safe twins of victims that are left to a library's
// defaults. What sets the options of a store anywhere in a package speaks for all
// stores there, so the twins live in a package of their own.
package options

import (
	"crypto/rand"
	"fmt"
	"net/http"

	"github.com/gorilla/sessions"

	"github.com/soplint/soplint/browser/victims"
)

// SessionOfLibrarySafe says Lax.
func SessionOfLibrarySafe() http.Handler {
	store := sessions.NewCookieStore([]byte("0123456789abcdef0123456789abcdef"))
	store.Options.SameSite = http.SameSiteLaxMode
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := store.Get(r, "settled")
		if err == nil && !session.IsNew {
			fmt.Fprint(w, victims.User+"settled")
			return
		}
		session.Values["user"] = rand.Text()
		session.Save(r, w)
	})
}
