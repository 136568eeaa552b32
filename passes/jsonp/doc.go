// Package jsonp defines an Analyzer that reports private data in answers that
// are scripts.
//
// # Analyzer jsonp
//
// jsonp: report private data in answers that any page can include as a script
//
// A page may include scripts of every site, and they run in that page. An answer
// that is a call, callback({…}), or an assignment, var user = {…}, so tells the
// page what it holds, and the browser sends its user's cookies with the request.
// X-Content-Type-Options: nosniff does not help where the type of the answer is
// that of a script. JSON alone no page can read this way.
//
// Reported:
//
//	cookie, err := r.Cookie("session")
//	…
//	fmt.Fprintf(w, "%s(%s)", r.FormValue("callback"), profileOf(cookie.Value))
//
// Not reported:
//
//	w.Header().Set("Content-Type", "application/json")
//	w.Write(profileOf(cookie.Value))
//
// It does not report handlers that GET does not reach, or that look at a header
// which a script element cannot send. Whether the name of the function is checked
// does not matter: a page includes the answer with a name that passes.
//
// Standard: HTML, "fetch a classic script" (the request is no-cors and carries
// credentials). CWE-346.
//
// # Rule callback
//
// The answer calls the function that the request names (JSONP). Where the handler
// asks who the user is, any page can read that user's data. Answer JSON, and name
// the sites that are to read it in CORS headers.
//
// # Rule script
//
// The answer has the type of a script, and gives a variable a value that depends
// on the user. Put the data into the page itself, or answer it as JSON.
package jsonp
