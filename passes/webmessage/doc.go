// Package webmessage defines an Analyzer that reports pages and scripts, served
// by Go programs, that tell other windows too much or trust them too much.
//
// # Analyzer webmessage
//
// webmessage: report messages, frames, openers and scripts in served pages that let other sites in
//
// Windows of different origins reach each other by postMessage, and by little
// else. The sender says which origin may have the message, the receiver is told
// which origin it came from (HTML standard, section 9.3). Where the one names
// every origin and the other does not look, any site that frames, opens or is
// opened by the page takes part.
//
// Reported:
//
//	<script>window.opener.postMessage({{.Token}}, "*")</script>
//
// Not reported:
//
//	<script>window.opener.postMessage({{.Token}}, "https://app.example.com")</script>
//
// What is read are the files that the program embeds, parses as templates or
// serves, as far as their names are constants, and pages that stand in its
// source. Scripts that are minified, bundled or vendored are left out, and
// scripts that cannot be parsed. A report is suppressed by a comment of the
// file's own language, such as <!-- soplint:ignore webmessage/target reason -->.
//
// # Rule target
//
// postMessage with the target "*" and something to tell: the window that frames
// or opened the page gets it, whosever page that is. Name the origin that is
// meant. Messages that are the same for everybody, or tell how high the page is,
// are not reported.
//
// # Rule listener
//
// A listener for message events uses the data and looks neither at event.origin
// nor at event.source, or it asks for a part of the origin that an attacker's can
// have as well; the report names one. Compare the whole origin.
//
// # Rule opener
//
// A link to another site with rel=opener gives that page window.opener, by which
// it can send the user's tab elsewhere. Drop the word. document.domain lets every
// page that sets the same domain script this one, in the browsers that heed it.
//
// # Rule sandbox
//
// An iframe of the site's own pages with allow-scripts and allow-same-origin:
// what runs in it can take the sandbox off. Leave one of them out. An iframe of
// another site without sandbox is a note.
//
// # Rule jsonp
//
// A script element of another site whose address names a function of the page,
// which takes what it is called with (JSONP): the page wants data, and runs
// whatever that site answers with the rights of its own origin. No integrity can
// be given for it. The other site can send the data with CORS headers, for fetch,
// or the server can get it. Scripts that are made by createElement are read, too,
// and what jQuery loads as jsonp. A library that calls a function without
// arguments once it is there is not reported: to run that code is what it is for.
//
// # Rule crossorigin
//
// A script or style sheet of another site with integrity and without crossorigin:
// browsers cannot check what was not asked for by CORS, and block it. And values of
// crossorigin that mean something else than they say: false, none, no and off ask
// by CORS, include and the like send no cookies, for every value that browsers do
// not know is anonymous. Nothing is open by that, it only does not work; and what
// the other site answers to use-credentials is not known here.
package webmessage
