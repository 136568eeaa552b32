package wsconfig

import (
	"net/url"
	"slices"
	"strings"
)

// acceptEthereum is WebsocketHandler of go-ethereum's RPC server (rpc/websocket.go,
// wsHandshakeValidator). Without entries it accepts this machine, of whose names
// localhost is the one that is known here.
func acceptEthereum(_ string, c Config, origin, _ string) bool {
	entries := slices.DeleteFunc(slices.Clone(c.Patterns), func(entry string) bool { return entry == "" })
	if len(entries) == 0 {
		entries = []string{"http://localhost"}
	}
	matches := func(entry string) bool { return matchEthereum(entry, origin) }
	return origin == "" || slices.Contains(entries, "*") || slices.ContainsFunc(entries, matches)
}

// matchEthereum compares the parts that the entry has (ruleAllowsOrigin).
func matchEthereum(entry, origin string) bool {
	want, ok := parseEthereum(entry)
	have, isURL := parseEthereum(origin)
	if !ok || !isURL {
		return false
	}
	for i, part := range want {
		if part != "" && part != have[i] {
			return false
		}
	}
	return true
}

// parseEthereum returns scheme, host and port. Without "://" what precedes the
// colon is the host, and everything is if there is none (parseOriginURL).
func parseEthereum(origin string) (parts [3]string, ok bool) {
	u, err := url.Parse(strings.ToLower(origin))
	switch {
	case err != nil:
		return parts, false
	case strings.Contains(origin, "://"):
		return [3]string{u.Scheme, u.Hostname(), u.Port()}, true
	case u.Scheme == "":
		return [3]string{"", origin, u.Opaque}, true
	}
	return [3]string{"", u.Scheme, u.Opaque}, true
}

func neverEthereum(_ string, _ Config, entry string) string {
	parts, ok := parseEthereum(entry)
	switch {
	case entry == "*" || entry == "":
		return ""
	case !ok:
		return "it does not parse as a URL"
	case strings.Contains(parts[1], "*"):
		return "* is no wildcard inside an origin"
	case strings.Contains(parts[1], "/"):
		return "without a scheme all of it is compared as a host"
	case strings.ToLower(parts[1]) != parts[1]:
		return "it is compared with an origin in lower case"
	}
	return neverPort(parts[0], parts[1]+":"+parts[2])
}
