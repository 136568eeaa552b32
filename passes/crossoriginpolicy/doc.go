// Package crossoriginpolicy defines an Analyzer that reports
// Cross-Origin-…-Policy headers that switch a protection off or do nothing.
//
// # Analyzer crossoriginpolicy
//
// crossoriginpolicy: report COOP, CORP and COEP values that protect nothing
//
// Three headers close what the same-origin policy leaves open. A page with
// Cross-Origin-Opener-Policy is out of reach for the pages that opened it; a
// response with Cross-Origin-Resource-Policy does not load into pages of other
// sites; a page with Cross-Origin-Embedder-Policy loads only what agreed to it.
// Their values are compared with case, and one that browsers do not know counts
// as none (HTML standard, section 7.1; Fetch standard, section 3.7).
//
// Reported:
//
//	w.Header().Set("Cross-Origin-Opener-Policy", "Same-Origin") // heeds case
//
// Not reported:
//
//	w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
//
// Responses without these headers are not reported, nor values that come from
// outside, nor cross-origin on what is the same for everybody. unsafe-none as
// embedder policy takes nothing from the page that sends it.
//
// # Rule opener
//
// Cross-Origin-Opener-Policy is unsafe-none, which is as good as none, or has a
// value or a name that browsers ignore. A page that opened this one keeps a
// handle: it counts its frames, navigates it and posts messages to it. Write
// same-origin, or same-origin-allow-popups where the page opens others.
//
// # Rule resource
//
// Cross-Origin-Resource-Policy is cross-origin on a response that depends on
// cookies or a password, so that pages of other sites load it with them; or the
// value or name is one that browsers ignore. Write same-origin or same-site.
//
// # Rule embedder
//
// Cross-Origin-Embedder-Policy has a value or a name that browsers ignore, so
// the page is not isolated. Write require-corp or credentialless.
package crossoriginpolicy
