// Package hostcheck defines an Analyzer that reports servers on this machine that
// a page of any site can reach by a name of its own.
//
// # Analyzer hostcheck
//
// hostcheck: report servers on loopback addresses that do not look at Host
//
// That a server listens on 127.0.0.1 keeps other machines out, and not the pages
// that the user's browser shows. A site can have its name point at 127.0.0.1 once
// its page is there (DNS rebinding): then page and server are of one origin for
// the browser, and checks of Origin against Host, http.CrossOriginProtection among
// them, let it in. Only the name in Host tells.
//
// Reported:
//
//	http.HandleFunc("/run", func(w http.ResponseWriter, r *http.Request) { exec.Command(tool).Run() })
//	http.ListenAndServe("127.0.0.1:8080", nil)
//
// Not reported:
//
//	http.HandleFunc("/run", func(w http.ResponseWriter, r *http.Request) {
//		if r.Host != "127.0.0.1:8080" && r.Host != "localhost:8080" {
//			http.Error(w, "unknown host", http.StatusForbidden)
//			return
//		}
//		exec.Command(tool).Run()
//	})
//	http.ListenAndServe("127.0.0.1:8080", nil)
//
// It does not report packages in which anything looks at Host, Origin, a cookie, a
// password or a token, or that serve with TLS: a page under another name has none
// of them. Nor servers that only show something, nor handlers of other packages.
//
// # Rule rebinding
//
// The server changes something, or opens WebSockets, for whoever asks. Compare
// r.Host with the names that the server has, before anything else; or ask for a
// secret.
package hostcheck
