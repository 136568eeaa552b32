// Package corsheader defines an Analyzer that reports CORS headers that do not
// do what they were meant for.
//
// # Analyzer corsheader
//
// corsheader: report CORS headers that browsers do not heed, and answers that caches mix up
//
// Browsers compare Access-Control-Allow-Origin byte by byte with the page's
// origin, and take Access-Control-Allow-Credentials for set only where it is
// exactly true (Fetch standard, CORS check). What does not match opens nothing:
// the pages that it was written for are refused, and the usual next step is to
// open more than was meant.
//
// Reported:
//
//	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com/")
//
// Not reported:
//
//	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
//
// # Rule invalid
//
// A value that no origin equals: with a slash or a path behind the host, a list,
// a wildcard inside, upper case, the default port, no scheme. Write the origin as
// browsers send it. In the list of a CORS library an entry is reported if the
// library, by its own way of comparing, lets in none of the origins that it can
// be meant for, or does not start with it.
//
// # Rule value
//
// Access-Control-Allow-Credentials is not exactly true, so credentials are not
// allowed.
//
// # Rule vary
//
// The answer depends on the Origin, and Vary does not say so: a cache, the
// browser's own included, can give one origin's answer to another, which then is
// refused. Add Vary: Origin. Some libraries leave it out; with them it is for the
// program to add.
//
// # Rule preflight
//
// With credentials, * in Access-Control-Allow-Headers, -Methods or
// Access-Control-Expose-Headers is a name and no wildcard. List what is meant.
package corsheader
