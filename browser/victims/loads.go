package victims

import (
	"html/template"
	"net/http"
)

// Feed shows what another site has to say, and runs it for that.
func Feed() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><title>{{.}}</title><body><script>
		function show(feed) { document.body.textContent = feed.text; }
		</script><script src="https://evil.example/feed?callback=show"></script></body>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { page.Execute(w, account(r)) })
}

// FeedSafe reads it, and tells the verdict when that is done.
func FeedSafe() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><title>{{.}}</title><body><script>
		function show(feed) { document.body.textContent = feed.text; }
		fetch("https://evil.example/feed").then(answer => answer.json()).then(show).catch(error =>
			fetch("/verdict/" + new URLSearchParams(location.search).get("trial"), {method: "POST", body: JSON.stringify({refused: String(error)})}));
		</script></body>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { page.Execute(w, account(r)) })
}

// tells is the beginning of a page that loads something from another site: it
// tells whether that was loaded.
const tells = `<!doctype html><title>page</title><script>
	const done = verdict => fetch("/verdict/" + new URLSearchParams(location.search).get("trial"), {method: "POST", body: JSON.stringify(verdict)});
	document.addEventListener("load", () => done({got: "loaded"}), true);
	document.addEventListener("error", () => done({refused: "blocked"}), true);
	</script>`

// Unchecked names the hash of a library and asks for it in a way in which it
// cannot be checked.
func Unchecked() http.Handler {
	const page = `<html><script src="https://cdn.example/library/cors/x.js"
		integrity="sha384-pqtVlj5SM36WSFazwbN0snl8Ru+O15P0DXr61DsnwFOw0FEGQ2Le/zR0pFxLIIPi"></script></html>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(tells + page)) })
}

// UncheckedSafe asks by CORS.
func UncheckedSafe() http.Handler {
	const page = `<html><script src="https://cdn.example/library/cors/x.js" crossorigin="anonymous"
		integrity="sha384-pqtVlj5SM36WSFazwbN0snl8Ru+O15P0DXr61DsnwFOw0FEGQ2Le/zR0pFxLIIPi"></script></html>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(tells + page)) })
}

// UncheckedStyle does so with a style sheet.
func UncheckedStyle() http.Handler {
	const page = `<html><link rel="stylesheet" href="https://cdn.example/library/cors/x.css"
		integrity="sha384-pqtVlj5SM36WSFazwbN0snl8Ru+O15P0DXr61DsnwFOw0FEGQ2Le/zR0pFxLIIPi"></html>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(tells + page)) })
}

// UncheckedStyleSafe asks by CORS.
func UncheckedStyleSafe() http.Handler {
	const page = `<html><link rel="stylesheet" href="https://cdn.example/library/cors/x.css" crossorigin="anonymous"
		integrity="sha384-pqtVlj5SM36WSFazwbN0snl8Ru+O15P0DXr61DsnwFOw0FEGQ2Le/zR0pFxLIIPi"></html>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(tells + page)) })
}

// AskedAnyway asks by CORS where it says that it does not.
func AskedAnyway() http.Handler {
	const page = `<html><script src="https://cdn.example/library/x.js" crossorigin="false"></script></html>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(tells + page)) })
}

// AskedAnywaySafe does not ask.
func AskedAnywaySafe() http.Handler {
	const page = `<html><script src="https://cdn.example/library/x.js"></script></html>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(tells + page)) })
}
