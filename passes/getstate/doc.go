// Package getstate defines an Analyzer that reports handlers that change state
// when they are only asked for something.
//
// # Analyzer getstate
//
// getstate: report handlers that GET reaches and that change state
//
// A link, an image or a navigation on any page sends a GET with the cookies of
// the user who looks at the page. SameSite=Lax does not hold it back where it is a
// navigation, and CSRF protection, http.CrossOriginProtection included, lets GET
// and HEAD through, because they are meant to change nothing (RFC 9110, section
// 9.2.1). A handler that does change something is a button that every site can
// press.
//
// Reported is what a GET reaches, with no body and none of the headers that a
// foreign page cannot send, and that is more than bookkeeping: something
// destructive that the request decides about, or a change that the name of the
// handler or of the path is about. A handler that is registered for many paths and
// compares them itself, or looks them up in a map of handlers, is reported for each
// path, where it does.
//
// What a handler takes back when it is left, or when its client has gone, is
// bookkeeping, too: who listens to a stream of events is in a list for as long.
//
// What a setting decides is reported a severity lower and names the setting: what
// middleware refuses that is there under a condition only, if cfg.Token != "" {
// router.Use(auth) }, or that asks under one, and a key of a flag that is empty by
// default, for a request that names no key has the same. Where the program itself
// makes the setting nothing is reported.
//
// A handler that a server is given without a router serves every path: of what it
// does, what the request decides about counts.
//
// Reported:
//
//	mux.HandleFunc("/delete", func(w http.ResponseWriter, r *http.Request) {
//		db.Exec("DELETE FROM notes WHERE id = ?", r.FormValue("id"))
//	})
//
// Not reported:
//
//	mux.HandleFunc("POST /delete", func(w http.ResponseWriter, r *http.Request) {
//		db.Exec("DELETE FROM notes WHERE id = ?", r.FormValue("id"))
//	})
//
// # Rule route
//
// The route is registered for GET. Register it for POST, and let the page submit
// a form or use fetch.
//
// # Rule anymethod
//
// The route is registered for every method, and the handler does not look at it.
// Name the method in the pattern, or refuse others in the handler.
//
// # Rule override
//
// Middleware takes the method from a field of a form, or from the query, before
// the router looks at it. Routes for PUT, PATCH and DELETE are otherwise out of
// reach for other sites: browsers ask the server first, which does not answer. A
// form sends a POST without asking. Take the method from a header, or protect
// what is overridden with http.CrossOriginProtection.
//
// # Rule logout
//
// Any site can log the user out. That is a nuisance rather than a danger; a form
// with POST ends it.
package getstate
