// Package victims holds a server's handlers in pairs: one that soplint reports,
// and its safe twin, which does the same for those it was meant for. Each is what
// the function of its name returns, and whole in that function.
//
// The same source is compiled into the proofs and analysed by soplint, so what is
// reported and what is attacked cannot drift apart. The server is
// https://app.example, with a page of its own at https://www.app.example.
package victims

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/soplint/soplint/browser/victims/scene"
)

// account is what only the user should see. It says which cookies came with the
// request, which are named by their SameSite attribute.
func account(r *http.Request) string {
	var sessions []string
	for _, c := range r.Cookies() {
		if c.Value == "session" {
			sessions = append(sessions, c.Name)
		}
	}
	slices.Sort(sessions)
	if len(sessions) == 0 {
		return scene.Nobody
	}
	return scene.User + strings.Join(sessions, ", ")
}

// show answers with the account.
func show(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, account(r)) }

// page answers with a page that has one frame of its own, by which other pages
// can tell that it is there. When its address names a trial, it tells whether it
// is isolated from them.
func page(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<!doctype html><title>account</title><iframe srcdoc="part of the page"></iframe><script>
		const trial = new URLSearchParams(location.search).get("trial");
		const verdict = crossOriginIsolated ? {got: "isolated"} : {refused: "not isolated"};
		if (trial) fetch("/verdict/" + trial, {method: "POST", body: JSON.stringify(verdict)});
	</script>`)
}
