package wsconfig

import (
	"net/url"
	"slices"
	"strings"
)

// acceptFiber2 is the handler of fiber v1 and v2 (websocket.go, New): "*" counts
// in the first place only, and a request without an Origin is compared, too.
func acceptFiber2(_ string, c Config, origin, _ string) bool {
	return len(c.Patterns) == 0 || c.Patterns[0] == "*" || slices.Contains(c.Patterns, origin)
}

// acceptFiber3 is its successor for v3, where "*" counts anywhere.
func acceptFiber3(_ string, c Config, origin, _ string) bool {
	if len(c.Patterns) == 0 || slices.Contains(c.Patterns, "*") {
		return true
	}
	if origin == "" {
		return c.Options["AllowEmptyOrigin"] // an entry "" does not stand for it
	}
	return slices.Contains(c.Patterns, origin)
}

func neverFiber2(_ string, c Config, pattern string) string {
	switch {
	case pattern == "*" && c.Patterns[0] == "*":
		return ""
	case pattern == "*":
		return "* counts only as the first element"
	}
	return neverExact(pattern)
}

func neverFiber3(_ string, _ Config, pattern string) string {
	if pattern == "*" {
		return ""
	}
	return neverExact(pattern)
}

// acceptSocketIO is socket.io/v3 of zishang520 (pkg/types/cors.go,
// IsOriginAllowed): gorilla's check where there is no CORS origin.
func acceptSocketIO(_ string, c Config, origin, host string) bool {
	if !c.PatternsSet {
		return sameHost(origin, host)
	}
	return origin == "" || slices.ContainsFunc(c.Patterns, func(entry string) bool {
		return entry == "*" || strings.EqualFold(entry, origin)
	})
}

// acceptDgrr compares scheme and host of its one Origin.
func acceptDgrr(_ string, c Config, origin, _ string) bool {
	if len(c.Patterns) == 0 || c.Patterns[0] == "" {
		return true
	}
	u, err := url.Parse(c.Patterns[0])
	return err == nil && strings.EqualFold(u.Scheme+"://"+u.Host, origin)
}

// neverExact says why a text is not what a browser would send for an origin.
func neverExact(entry string) string {
	scheme, host, hasScheme := strings.Cut(entry, "://")
	switch {
	case entry == "null":
		return ""
	case strings.Contains(entry, "*"):
		return "* is no wildcard inside an origin"
	case strings.ContainsAny(entry, " ,"):
		return "it is more than one origin"
	case !hasScheme:
		return "an origin begins with a scheme"
	case strings.Contains(host, "/"):
		return "it has a path, which an origin has not"
	case strings.ToLower(entry) != entry:
		return "browsers send origins in lower case"
	}
	return neverPort(scheme, host)
}

// neverPort says why a host that stands after that scheme is none that a
// browser would send.
func neverPort(scheme, host string) string {
	if scheme == "https" && strings.HasSuffix(host, ":443") || scheme == "http" && strings.HasSuffix(host, ":80") {
		return "browsers leave the default port out"
	}
	return ""
}
