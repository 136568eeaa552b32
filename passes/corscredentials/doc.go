// Package corscredentials defines an Analyzer that reports any-origin CORS
// answers that allow credentials.
//
// # Analyzer corscredentials
//
// corscredentials: report Access-Control-Allow-Origin: * with credentials
//
// No browser lets a page read a response that was asked for with credentials
// and answers Access-Control-Allow-Origin: * (Fetch standard, CORS check). The
// pair says that the server was meant to be read with cookies from anywhere,
// and it does not work. The danger is in how that is mended: by copying the
// request's Origin instead, which opens the server to every site. Libraries
// differ: some copy the Origin by themselves when they are asked for the pair.
//
// Reported:
//
//	w.Header().Set("Access-Control-Allow-Origin", "*")
//	w.Header().Set("Access-Control-Allow-Credentials", "true")
//
// Not reported:
//
//	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
//	w.Header().Set("Access-Control-Allow-Credentials", "true")
//	w.Header().Add("Vary", "Origin")
//
// # Rule wildcard
//
// The response carries a literal * together with credentials. Leave the
// credentials out if the data is public, name the origins if it is not.
//
// # Rule reflecting
//
// A library was asked for every origin with credentials, by its options or by
// its defaults, and answers each Origin with itself: any site can read the
// responses. Give the library the list of origins that are meant.
//
// # Rule refused
//
// The library refuses that configuration when the program starts. Name the
// origins, or leave the credentials out.
package corscredentials
