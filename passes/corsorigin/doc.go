// Package corsorigin defines an Analyzer that reports servers that let any
// site, or one an attacker can set up, read their responses.
//
// # Analyzer corsorigin
//
// corsorigin: report Access-Control-Allow-Origin that an attacker's page gets
//
// A browser lets a page of another site read a response only if the response
// names the page's origin in Access-Control-Allow-Origin (Fetch standard, CORS
// check). A server that copies the request's Origin header there has switched
// that protection off. With Access-Control-Allow-Credentials: true as well, a
// page of any site reads what the server shows to the user who visits it: with
// cookies that are SameSite=None, with Basic authentication and client
// certificates from any site, with every cookie from a sibling sub-domain.
//
// Reported:
//
//	origin := r.Header.Get("Origin")
//	if strings.HasSuffix(origin, "example.com") { // also https://evilexample.com
//		w.Header().Set("Access-Control-Allow-Origin", origin)
//		w.Header().Set("Access-Control-Allow-Credentials", "true")
//	}
//
// Not reported:
//
//	switch origin := r.Header.Get("Origin"); origin {
//	case "https://app.example.com", "https://admin.example.com":
//		w.Header().Set("Access-Control-Allow-Origin", origin)
//		w.Header().Set("Access-Control-Allow-Credentials", "true")
//	}
//
// The code is replayed with an attacker's Origin, so what counts is what a
// check does, not how it looks. Checks against lists that come from outside,
// and checks in code that is not known, are taken to refuse the attacker.
//
// Code that sets the header as those say who use it, a middleware of its own
// package with a predicate for a parameter say, is followed from there. The report
// stands where the header is set, and names the place that lets them in; drivers
// that see one package at a time show it at that place.
//
// # Rule reflected
//
// The value is the request's Origin, whatever it is. To mend it, compare the
// origin with the ones that are meant and copy only those. The suggested fix is a
// switch that lets in nobody until they are named.
//
// # Rule weak
//
// A check stands before it, but an origin that an attacker can have passes; the
// report names one. Compare whole origins, or parse the origin and compare its
// host; a suffix needs its dot, a pattern its anchors. Where that is all, it is
// suggested as a fix, which was seen to refuse the attacker.
//
// # Rule null
//
// The origin null is let in. Every site can have it: by a sandboxed frame, or by
// having the request redirected by another site. Of the cookies only those that
// are SameSite=None go along from a sandboxed frame, since it is of another site
// even where it stands on a sub-domain of the server's own. Leave null out of the
// list.
//
// # Rule anyorigin
//
// The value is the constant *. That is right for public data. It is not for a
// server that trusts who can reach it, such as one on localhost.
//
// # Rule failopen
//
// Every origin is let in while a list or a setting is empty. Refuse when
// nothing is configured.
package corsorigin
