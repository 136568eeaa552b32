package victims

import (
	"fmt"
	"net/http"

	"github.com/gorilla/csrf"
)

// TokenOfOther uses a version that does not compare where requests come from, so
// a token that the server has given to somebody will do, with its cookie.
func TokenOfOther() http.Handler {
	protect := csrf.Protect([]byte("0123456789abcdef0123456789abcdef"))
	return protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			show(w, r)
			return
		}
		fmt.Fprint(w, csrf.TemplateField(r))
	}))
}
