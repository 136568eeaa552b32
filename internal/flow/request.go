package flow

import (
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// A Request is what an attacker's page has a browser send.
type Request struct {
	Method  string            // "" where the attacker may choose
	Origin  string            // the attacker's origin as in the Origin header
	Host    string            // the server's own host, as in the Host header
	Headers map[string]string // further headers that the attacker sets, keys in lower case

	// Program is set for what no browser sends: a program of somebody who may set
	// every header.
	Program bool
}

// environment lists request headers that browsers and proxies add by
// themselves: they are there, and a page does not choose them.
var environment = map[string]bool{
	"cookie": true, "user-agent": true, "connection": true, "upgrade": true,
	"accept-encoding": true, "forwarded": true, "via": true, "x-real-ip": true, "host": true,
	"content-length": true, "transfer-encoding": true, "date": true, "dnt": true, "te": true, "true-client-ip": true,
	"cf-connecting-ip": true, "x-request-id": true, "x-scheme": true, "x-url-scheme": true, "front-end-https": true,
}

// chosen lists headers that a page may set or influence without a preflight
// (Fetch standard, CORS-safelisted request-header, and what fetch options say).
var chosen = map[string]bool{
	"accept": true, "accept-language": true, "content-language": true, "content-type": true, "range": true,
	"cache-control": true, "pragma": true, "last-event-id": true, "if-none-match": true, "if-modified-since": true,
	"access-control-request-method": true, "access-control-request-headers": true,
	"access-control-request-private-network": true, "access-control-request-local-network": true,
	"sec-fetch-mode": true, "sec-fetch-dest": true, "sec-fetch-user": true,
}

// Header returns what the server reads for a header.
func (r *Request) Header(name string) *Value {
	name = strings.ToLower(name)
	if text, set := r.Headers[name]; set {
		return &Value{Kind: Str, Text: text, Taint: Sent}
	}
	if r.Program && name != "origin" && name != "host" {
		return &Value{Kind: Unknown, Type: ir.Type{Kind: ir.String}, Text: "header " + name, Taint: Chosen}
	}
	switch name {
	case "origin":
		return &Value{Kind: Str, Text: r.Origin, Taint: Sent}
	case "referer":
		return &Value{Kind: Str, Text: r.referer(), Taint: Sent}
	case "authorization":
		// Browsers add Basic authentication by themselves; tokens they do not.
		return &Value{Kind: Str, Text: "Basic dXNlcjpwYXNzd29yZA==", Taint: Sent}
	case "sec-websocket-protocol":
		// The only header of a handshake that a page chooses (WebSockets standard).
		return &Value{Kind: Unknown, Text: "header " + name, Taint: Input}
	case "sec-fetch-site":
		return &Value{Kind: Str, Text: "cross-site", Taint: Sent}
	}
	switch {
	case chosen[name]:
		return &Value{Kind: Unknown, Text: "header " + name, Taint: Chosen}
	case environment[name], strings.HasPrefix(name, "x-forwarded"), strings.HasPrefix(name, "x-original"),
		strings.HasPrefix(name, "sec-websocket"), strings.HasPrefix(name, "x-real"):
		return &Value{Kind: Unknown, Text: "header " + name}
	}
	// Any other header would need a preflight, so a simple request has none.
	return &Value{Kind: Str, Taint: Sent}
}

// referer is what the browser sends under the default policy
// strict-origin-when-cross-origin. An opaque origin sends none.
func (r *Request) referer() string {
	if r.Origin == "null" || r.Origin == "" {
		return ""
	}
	return r.Origin + "/"
}

// someLength is the length of a body in bytes: a page's fetch or form has one,
// and says how long it is.
const someLength = 64

func (r *Request) length() int64 {
	if r.Method == "GET" || r.Method == "HEAD" {
		return 0
	}
	return someLength
}
