// Package wsorigin defines an Analyzer that reports WebSockets that pages of
// other sites can open.
//
// # Analyzer wsorigin
//
// wsorigin: report WebSocket upgrades that any page can open
//
// The same-origin policy does not hold WebSockets back. A page of any site can
// have the browser open one to any server, with the cookies that the browser
// sends there, read what the server sends and drive what it takes. The server's
// own look at the Origin header is all there is (RFC 6455, section 10.2).
// Libraries differ in what they do by themselves: gorilla/websocket and
// coder/websocket compare the Origin's host with the request's; gobwas/ws,
// golang.org/x/net/websocket, melody, gws and the WebSocket handlers of fiber
// accept every origin.
//
// Reported:
//
//	var upgrader = websocket.Upgrader{
//		CheckOrigin: func(r *http.Request) bool { return true },
//	}
//
// Not reported:
//
//	var upgrader = websocket.Upgrader{
//		CheckOrigin: func(r *http.Request) bool {
//			return r.Header.Get("Origin") == "https://app.example.com"
//		},
//	}
//
// An upgrade behind a check of the Origin is silent, in the handler or in what
// leads there, and so is one whose predicate compares a secret. A handshake is a
// GET, so http.CrossOriginProtection and CSRF middleware let it pass: they do
// not count as checks. Nor does code that refuses requests whose Sec-Fetch-Site is
// cross-site, whatever the method: Firefox and Safari send that header with a
// handshake, Chromium sends none. Code that refuses a request without the header
// lets no page of another site in, and nobody who uses Chromium.
//
// # Rule anyorigin
//
// Every origin is accepted. Leave the check to the library where it has one, or
// name the origins; leave the Origin in the request as it was sent, since a check
// that comes after it was removed or set sees only that. CSRF middleware and http.CrossOriginProtection do not protect
// the upgrade: a handshake is a GET, which they let pass.
//
// A check that asks for a cookie, or for the address that the request comes from,
// is none: both are the browser's, whatever page is open in it.
//
// # Rule weak
//
// A check is there, but an origin that an attacker can have passes; the report
// names one. Or it asks for a cookie only, which the program keeps from pages of
// other sites, but not from those of sibling sub-domains.
//
// # Rule default
//
// The library accepts every origin by itself. Set its option, or check the
// Origin before the upgrade. CSRF middleware and http.CrossOriginProtection do
// not check it: a handshake is a GET, which they let pass.
//
// # Rule nevermatch
//
// A pattern that no browser's Origin matches: whoever it was meant for is
// refused.
//
// # Rule unset
//
// The library's own check decides: it compares the Origin's host with the
// request's Host, and not the scheme. That is enough unless a proxy rewrites
// Host, or the same host serves pages over http.
package wsorigin
