// Package framing defines an Analyzer that reports headers that are meant to
// say who may frame a page, and do not.
//
// # Analyzer framing
//
// framing: report X-Frame-Options and frame-ancestors that let every site frame the page
//
// A site that can put a page into a frame can lay its own picture over it and
// have the user click on what lies below (clickjacking). Two headers stand
// against it: frame-ancestors in Content-Security-Policy, and, where that is not
// there, X-Frame-Options (HTML standard, "check a navigation response's
// adherence to X-Frame-Options"). Browsers know two values of the latter, DENY
// and SAMEORIGIN, and take any other for none at all.
//
// Reported:
//
//	w.Header().Set("X-Frame-Options", "ALLOW-FROM https://partner.example")
//
// Not reported:
//
//	w.Header().Set("Content-Security-Policy", "frame-ancestors https://partner.example")
//	w.Header().Set("X-Frame-Options", "ALLOW-FROM https://partner.example") // for browsers of old
//
// A framed page gets cookies that are SameSite=None, and from a page on a
// sibling sub-domain every cookie. A response without any of these headers is
// not reported, and neither is a value that comes from outside.
//
// # Rule invalid
//
// The header does nothing: X-Frame-Options with a value that browsers do not
// know (ALLOWALL, ALLOW-FROM, one in quotes), values that contradict each other,
// a header name that browsers do not know, a frame-ancestors that only reports or
// stands in a meta element, a middleware whose options ask for no header at all. Write DENY or SAMEORIGIN, or
// name the sites that are meant in frame-ancestors.
//
// # Rule any
//
// frame-ancestors has a source that every site matches: *, https: or http:
// alone. It goes before X-Frame-Options, whatever that says. That is right for
// a page that is made to be embedded and shows nobody's data.
package framing
