package wsconfig

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
)

// acceptCoder is coder/websocket (accept.go, authenticateOrigin). Since v1.8.14
// a pattern with "://" is compared with scheme and host.
func acceptCoder(version string, c Config, origin, host string) bool {
	return acceptPatterns(c, origin, host, schemesSince(version))
}

// acceptNhooyr is nhooyr.io/websocket, which ended before patterns had schemes.
func acceptNhooyr(_ string, c Config, origin, host string) bool {
	return acceptPatterns(c, origin, host, false)
}

// schemesSince reports whether that version of coder/websocket has patterns with
// schemes. Prereleases of the border do not count as having them.
func schemesSince(version string) bool {
	var major, minor, patch int
	var rest string
	n, _ := fmt.Sscanf(version, "v%d.%d.%d%s", &major, &minor, &patch, &rest)
	if n < 3 {
		return true
	}
	order := slices.Compare([]int{major, minor, patch}, []int{1, 8, 14})
	return order > 0 || order == 0 && !strings.HasPrefix(rest, "-")
}

// acceptPatterns matches the host, in lower case, with path.Match. A malformed
// pattern is an error, and no later one is looked at. The host of an opaque
// origin is empty, which the empty pattern and "*" match.
func acceptPatterns(c Config, origin, host string, schemes bool) bool {
	if c.Insecure || sameHost(origin, host) {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	for _, pattern := range c.Patterns {
		target := u.Host
		if schemes && strings.Contains(pattern, "://") {
			target = u.Scheme + "://" + u.Host
		}
		matched, err := path.Match(strings.ToLower(pattern), strings.ToLower(target))
		if matched || err != nil {
			return err == nil
		}
	}
	return false
}

func neverCoder(version string, _ Config, pattern string) string {
	return neverPattern(pattern, schemesSince(version))
}

func neverNhooyr(_ string, _ Config, pattern string) string { return neverPattern(pattern, false) }

func neverPattern(pattern string, schemes bool) string {
	scheme, host, hasScheme := strings.Cut(pattern, "://")
	if !hasScheme {
		host = pattern
	}
	_, err := path.Match(pattern, "")
	switch {
	case err != nil:
		return "it is malformed"
	case hasScheme && !schemes:
		return "it has a scheme, and only the host is compared"
	case strings.Contains(host, "/"):
		return "it has a path, which an origin has not"
	case pattern == "null":
		return "the host of the origin null is empty"
	case hasScheme:
		return neverPort(strings.ToLower(scheme), host)
	}
	return ""
}
