// Package csrfprotection defines an Analyzer that reports protection against
// cross-site request forgery that does not protect.
//
// # Analyzer csrfprotection
//
// csrfprotection: report CSRF protection that is missing, or there in name only
//
// A page of any site can have the browser send a form to any server, with the
// cookies that the server has set. http.CrossOriginProtection, and libraries for
// it, refuse such requests. One option too many, or a result that is not used,
// and they let everything through.
//
// Reported:
//
//	protection := http.NewCrossOriginProtection()
//	protection.AddInsecureBypassPattern("/")
//	server.Handler = protection.Handler(mux)
//
// Not reported:
//
//	protection := http.NewCrossOriginProtection()
//	protection.AddInsecureBypassPattern("POST /hooks/payment")
//	server.Handler = protection.Handler(mux)
//
// Patterns are read as http.ServeMux reads them. One that exempts a subtree is
// reported where handlers stand in it that change something when a form is sent to
// them, and so is a predicate that asks for nothing but how the path begins. Patterns
// of single paths, and other predicates, are not: what stands there may well be
// protected in another way.
//
// # Rule missing
//
// A server knows its users by something that browsers send by themselves, a
// session cookie that goes along with forms of other sites or Basic
// authentication, its handlers change something when they are sent a form, and
// nothing in the program asks which page a request is from. It is reported once,
// where the handler is given to the server, and the routes stand beside it, those
// too that other packages have registered with the handler. Put
// http.NewCrossOriginProtection().Handler around the handler (from Go 1.25 on), or
// protect it in another way.
//
// A server that asks for no login at all trusts whoever reaches it, often from the
// same machine or network only, and browsers there open pages of other sites. Of
// such a server only routes are reported that run a program, end the process, or are
// named for what its operator does: shutdown, reload, install, settings. What anybody
// may do for himself is not made worse by a form.
//
// It is not reported where a session cookie is SameSite=Lax or Strict, or may be;
// where a token that pages put into a header decides; where a route takes no
// Content-Type that a form can have; for what GET changes as well, which getstate
// is about; nor where anything in the program looks like protection. Only where all
// of that is http.CrossOriginProtection or a library, and is seen to stand before
// some of the routes of one server, the others are reported.
//
// # Rule bypass
//
// A pattern or a predicate exempts every request, or whichever requests a page
// wants, or a subtree with handlers that change something. Exempt the one path that must be reached from other sites, and check a
// signature or a token there.
//
// # Rule deny
//
// What is to answer the requests that are refused runs the handler that is
// protected. Answer with an error there.
//
// # Rule unused
//
// The protection wraps a handler, and what it returns is thrown away; it is
// configured, and wraps none; or it is asked about a request, and its error is
// not looked at, or only logged. Serve the handler that is returned; refuse the
// request where the error is not nil.
//
// # Rule trusted
//
// Requests of an origin over http are let through. Anyone on the way to the user
// can write a page for it. Trust the origin over https.
//
// # Rule nevermatch
//
// No browser sends the Origin that is trusted: it has a slash or a path behind
// the host, capitals, the default port, or a wildcard. Write the origin as
// browsers do, https://app.example.com.
//
// # Rule extractor
//
// The token that a request has to show is looked for in the cookie that it is
// compared with. Browsers send that cookie by themselves, where it is SameSite=Lax
// from sibling sub-domains only. Look for the token in a header or a form field.
//
// # Rule version
//
// The version of the library has a known hole in the check itself. Update it.
// A hole that takes a cookie of a sibling sub-domain is not reported where the
// token's cookie has a name that begins with __Host-: in Chromium and Firefox no
// other host can set it. WebKitGTK 2.50 lets sibling sub-domains.
//
// Go 1.25.0 itself has one, in the patterns that AddInsecureBypassPattern exempts. It is a
// note where go.mod says go 1.25.0, as a build with a later release has it mended.
package csrfprotection
