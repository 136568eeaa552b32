package web

import "strings"

// SimpleTypes are the Content-Types that a page of another site can send without
// a preflight, one of each kind that servers tell apart; "" is none (a Blob
// without a type). Their essence is what the Fetch standard safelists
// (https://fetch.spec.whatwg.org/#cors-safelisted-request-header), and parameters
// are free.
var SimpleTypes = []string{
	"",
	"text/plain",
	"application/x-www-form-urlencoded",
	"multipart/form-data; boundary=b",
	"text/plain; application/json",
}

// BodyKind returns the kind of a Content-Type, as models of binders name it:
// none, text, form, multipart, json, or tricked for a text that names JSON in a
// parameter; "" for others.
func BodyKind(contentType string) string {
	essence, parameters, _ := strings.Cut(strings.ToLower(contentType), ";")
	switch strings.TrimSpace(essence) {
	case "":
		return "none"
	case "text/plain":
		if strings.Contains(parameters, "json") {
			return "tricked"
		}
		return "text"
	case "application/x-www-form-urlencoded":
		return "form"
	case "multipart/form-data":
		return "multipart"
	case "application/json":
		return "json"
	}
	return ""
}
