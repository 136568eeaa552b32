package wsconfig

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// acceptNATS is the WebSocket listener of nats-server (server/websocket.go,
// checkOrigin). With SameOrigin scheme, host and port must be the request's;
// with a list they must be in it; with both, both. A list with an entry that is
// no origin keeps the server from starting (validateWebsocketOptions).
func acceptNATS(_ string, c Config, origin, host string) bool {
	if slices.ContainsFunc(c.Patterns, func(entry string) bool { return !startsNATS(entry) }) {
		return false
	}
	if origin == "" || !c.Options["SameOrigin"] && len(c.Patterns) == 0 {
		return true
	}
	have, ok := parseNATS(origin)
	if !ok {
		return false
	}
	scheme := "https"
	if c.Options["NoTLS"] {
		scheme = "http"
	}
	if own, _ := parseNATS(scheme + "://" + host); c.Options["SameOrigin"] && have != own {
		return false
	}
	return len(c.Patterns) == 0 || slices.ContainsFunc(c.Patterns, func(entry string) bool {
		want, _ := parseNATS(entry)
		return want == have
	})
}

// parseNATS returns scheme, host and port, which has its default (wsGetHostAndPort).
func parseNATS(origin string) (parts [3]string, ok bool) {
	u, err := url.ParseRequestURI(origin)
	if err != nil {
		return parts, false
	}
	host, port, err := net.SplitHostPort(u.Host)
	switch {
	case err == nil:
	case !strings.Contains(err.Error(), "missing port"):
		return parts, false
	case u.Scheme == "https":
		host, port = u.Host, "443"
	default:
		host, port = u.Host, "80"
	}
	return [3]string{u.Scheme, strings.ToLower(host), port}, true
}

// startsNATS reports whether the server starts with that entry.
func startsNATS(entry string) bool {
	parts, ok := parseNATS(entry)
	return ok && (parts[0] == "http" || parts[0] == "https") && parts[1] != ""
}

func neverNATS(_ string, _ Config, entry string) string {
	switch {
	case !startsNATS(entry):
		return "it is no http or https origin, and the server does not start"
	case strings.Contains(entry, "*"):
		return "* is no wildcard inside an origin"
	}
	return ""
}
