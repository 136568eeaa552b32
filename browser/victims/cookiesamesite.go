package victims

import (
	"crypto/rand"
	"fmt"
	"net/http"

	"github.com/gorilla/sessions"

	"github.com/soplint/soplint/browser/victims/scene"
)

// The handlers here give whoever has no session one, and act for who has.

// SessionNone is sent with requests of any site.
func SessionNone() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("session"); err == nil {
			fmt.Fprint(w, scene.User+"session")
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: rand.Text(), HttpOnly: true, Secure: true, SameSite: http.SameSiteNoneMode})
	})
}

// SessionUnset leaves it to the browser.
func SessionUnset() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("session"); err == nil {
			fmt.Fprint(w, scene.User+"session")
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: rand.Text(), HttpOnly: true, Secure: true})
	})
}

// SessionInsecure is refused, as it lacks Secure.
func SessionInsecure() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("session"); err == nil {
			fmt.Fprint(w, scene.User+"session")
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: rand.Text(), HttpOnly: true, SameSite: http.SameSiteNoneMode})
	})
}

// SessionSafe is Lax.
func SessionSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("session"); err == nil {
			fmt.Fprint(w, scene.User+"session")
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: rand.Text(), HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode})
	})
}

// SessionOfLibrary takes what gorilla/sessions has for its defaults.
func SessionOfLibrary() http.Handler {
	store := sessions.NewCookieStore([]byte("0123456789abcdef0123456789abcdef"))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := store.Get(r, "library")
		if err == nil && !session.IsNew {
			fmt.Fprint(w, scene.User+"library")
			return
		}
		session.Values["user"] = rand.Text()
		session.Save(r, w)
	})
}
