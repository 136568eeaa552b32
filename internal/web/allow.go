package web

import (
	"net/url"
	"strings"
)

// NeverMatches reports why no browser takes value, as the value of
// Access-Control-Allow-Origin, for an origin. It is "" for values that work.
//
// Browsers compare byte by byte with the serialized origin: scheme and host in
// lower case, the port only where it is not the scheme's default, and nothing
// behind (Fetch standard, CORS check; RFC 6454, section 6.2).
func NeverMatches(value string) string {
	switch {
	case value == "*" || value == "null" || value == "":
		return ""
	case strings.ContainsAny(value, ", "):
		return "only one origin can stand there, not a list"
	case strings.Contains(value, "*"):
		return "browsers know no wildcards inside an origin"
	case !strings.Contains(value, "://"):
		return "an origin begins with its scheme"
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "":
		return "it is no origin"
	case u.Path == "/" && strings.HasSuffix(value, "/"):
		return "an origin has no slash at its end"
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return "an origin has nothing behind its host and port"
	case value != strings.ToLower(value):
		return "browsers send origins in lower case"
	case u.Scheme == "https" && u.Port() == "443", u.Scheme == "http" && u.Port() == "80":
		return "browsers leave the default port out"
	}
	return ""
}
