package stage

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

//go:embed attacks.js
var script []byte

// The victim's cookies, named by the SameSite attribute that they have. There is
// none without the attribute: Chromium sends it along with a form for the first
// two minutes only, so what is seen would depend on the clock.
var cookies = []http.Cookie{
	{Name: "none", SameSite: http.SameSiteNoneMode},
	{Name: "lax", SameSite: http.SameSiteLaxMode},
	{Name: "strict", SameSite: http.SameSiteStrictMode},
}

// login gives the browser the victim's cookies.
func login(w http.ResponseWriter) {
	for _, c := range cookies {
		c.Value, c.Path, c.Secure, c.HttpOnly = "session", "/", true, true
		http.SetCookie(w, &c)
	}
	welcome(w)
}

// welcome is a page of the victim. Below /welcome/ it tells the verdict of the
// rest of its path when the user clicks on it.
func welcome(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<!doctype html><title>welcome</title><body style="height: 100vh"><script>
		onclick = () => fetch(location.pathname.replace("/welcome", ""), {method: "POST", body: JSON.stringify({got: "a click"})});
	</script>`)
}

// serveTrial is the page that makes a trial. It can be had from every host: which
// origin it has is for the browser to say.
func (s *Stage) serveTrial(w http.ResponseWriter, name string) {
	s.mu.Lock()
	n, err := strconv.Atoi(name)
	known := err == nil && n >= 0 && n < len(s.trials)
	var t Trial
	if known {
		t = s.trials[n]
	}
	s.mu.Unlock()
	if !known {
		http.Error(w, "no such trial", http.StatusNotFound)
		return
	}
	verdict := "/verdict/" + name
	if t.Page == Rebound {
		verdict = "http://evil.example" + verdict // the page's own name points elsewhere by then
	}
	data, err := json.Marshal(map[string]string{"does": t.Does, "target": t.Target, "verdict": verdict})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!doctype html><title>trial %s</title><body><script>const trial = %s</script><script src=/attacks.js></script>", name, data)
}

// serveFrame shows the page behind /frame in a sandboxed frame, where its origin
// is null.
func serveFrame(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!doctype html><iframe sandbox=allow-scripts src=%q></iframe>", strings.TrimPrefix(r.URL.Path, "/frame"))
}

// redirect sends a request of any page on to the address behind /redirect/.
func redirect(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	w.Header().Set("Access-Control-Allow-Credentials", "true")
	w.Header().Set("Location", strings.TrimPrefix(r.URL.Path, "/redirect/"))
	w.WriteHeader(http.StatusFound)
}

// serveOpened is a page that others link to. It tells whether it has a hold on the
// one that it was opened by.
func serveOpened(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<!doctype html><title>opened</title><script>
		const verdict = opener ? {got: "a hold on the opener"} : {refused: "no opener"};
		fetch("/verdict/" + new URLSearchParams(location.search).get("trial"), {method: "POST", body: JSON.stringify(verdict)});
	</script>`)
}

func serveScript(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Write(script)
}

// serveFeed answers who wants data of another site with a script that tells what
// the page around it shows. It is JSON for nobody.
func serveFeed(w http.ResponseWriter) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	fmt.Fprint(w, `fetch("/verdict/" + new URLSearchParams(location.search).get("trial"), {method: "POST", body: JSON.stringify({got: document.title})})`)
}

// serveLibrary is a script, or by its name a style sheet, that every page may
// have, below /library/cors/ by CORS, too. Its text is always the same.
func serveLibrary(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	if strings.HasSuffix(r.URL.Path, ".css") {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
	}
	if strings.HasPrefix(r.URL.Path, "/library/cors/") {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	fmt.Fprintln(w, "/* loaded */")
}
