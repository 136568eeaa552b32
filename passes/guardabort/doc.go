// Package guardabort defines an Analyzer that reports checks of a request that
// write a refusal and then let the request go on.
//
// # Analyzer guardabort
//
// guardabort: report refusals after which the handler runs all the same
//
// A check of where a request comes from, of its method, its Content-Type or a
// token stops a page of another site only if the handler does not run where it
// fails. Writing an error is not enough: http.Error sends an answer and returns,
// and so do the answers of gin, echo and fiber. The page cannot read the answer
// in any case; it wants what the handler does.
//
// Reported:
//
//	if r.Header.Get("Origin") != "https://app.example.com" {
//		http.Error(w, "forbidden", http.StatusForbidden)
//	}
//	next.ServeHTTP(w, r)
//
// Not reported:
//
//	if r.Header.Get("Origin") != "https://app.example.com" {
//		http.Error(w, "forbidden", http.StatusForbidden)
//		return
//	}
//	next.ServeHTTP(w, r)
//
// Every way that leads on from the refusal is followed, with what is known there
// of flags and conditions. A refusal after which nothing else happens is right
// without a return.
//
// # Rule noreturn
//
// The function goes on to the handler, or to its own work. Return where the
// request is refused; in echo and fiber return the result of the call that
// refuses it. Where a function of the program's own refuses, ask it whether it
// has.
//
// # Rule noabort
//
// The function returns, but the framework runs the next handler of the chain:
// in gin and hertz only Abort and its kin prevent that. Use
// AbortWithStatus or AbortWithStatusJSON.
package guardabort
