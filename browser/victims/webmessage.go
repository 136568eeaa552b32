package victims

import (
	"html/template"
	"net/http"
)

// Told tells the account to whatever page frames this one.
func Told() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><title>account</title><script>
		parent.postMessage({{.}}, "*");
		parent.postMessage("done", "*");
	</script>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { page.Execute(w, account(r)) })
}

// ToldSafe tells it to a page of the server.
func ToldSafe() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><title>account</title><script>
		parent.postMessage({{.}}, "https://www.app.example");
		parent.postMessage("done", "*");
	</script>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { page.Execute(w, account(r)) })
}

// Obedient does what any page tells it.
func Obedient() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><title>{{.}}</title><script>
		addEventListener("message", event => eval(event.data));
		addEventListener("message", event => event.source.postMessage("done", "*"));
	</script>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { page.Execute(w, account(r)) })
}

// ObedientSafe does what a page of the server tells it.
func ObedientSafe() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><title>{{.}}</title><script>
		addEventListener("message", event => {
			if (event.origin === "https://www.app.example") eval(event.data);
		});
		addEventListener("message", event => event.source.postMessage("done", "*"));
	</script>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { page.Execute(w, account(r)) })
}

// Opener lets the page of another site have a hold on it. The script is the user
// who clicks on the link.
func Opener() http.Handler {
	const page = `<!doctype html><title>links</title>
		<a href="https://evil.example/opened" target="_blank" rel="opener">elsewhere</a>
		<script>const link = document.querySelector("a"); link.search = location.search; link.click()</script>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(page)) })
}

// OpenerSafe does not.
func OpenerSafe() http.Handler {
	const page = `<!doctype html><title>links</title>
		<a href="https://evil.example/opened" target="_blank">elsewhere</a>
		<script>const link = document.querySelector("a"); link.search = location.search; link.click()</script>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(page)) })
}

// Sandbox shows what somebody else wrote in a sandbox that it can take off.
func Sandbox() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><html><title>{{.Account}}</title>
		<iframe sandbox="allow-scripts allow-same-origin" srcdoc="{{.Comment}}"></iframe></html>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { framed(w, r, page) })
}

// SandboxSafe leaves it an origin of its own.
func SandboxSafe() http.Handler {
	page := template.Must(template.New("").Parse(`<!doctype html><html><title>{{.Account}}</title>
		<iframe sandbox="allow-scripts" srcdoc="{{.Comment}}"></iframe></html>`))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { framed(w, r, page) })
}

// framed shows a page around what somebody else wrote, which tells what it can
// read of that page.
func framed(w http.ResponseWriter, r *http.Request, page *template.Template) {
	page.Execute(w, map[string]string{"Account": account(r), "Comment": `<script>
		let verdict;
		try { verdict = {got: parent.document.title} } catch (error) { verdict = {refused: String(error)} }
		fetch("https://app.example/verdict/` + template.JSEscapeString(r.URL.Query().Get("trial")) + `",
			{method: "POST", mode: "no-cors", body: JSON.stringify(verdict)});
	</script>`})
}
