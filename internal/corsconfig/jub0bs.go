package corsconfig

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/release"
)

// answerJub0bs is jub0bs/cors (config.go, validateOriginPatterns). It checks
// every entry and joins what it finds. Borders: the shared suffix of
// GO-2024-2813 up to v0.1.2, and "*" beside other entries, which was refused
// up to v0.1.3.
func answerJub0bs(version string, c Config, origin string) Answer {
	if len(c.Origins) == 0 {
		return refused("cors: at least one origin must be allowed")
	}
	if !release.Before(version, "v0.1.4") || !c.has("*") || len(c.Origins) == 1 {
		if texts := jub0bsRefusals(version, c); len(texts) > 0 {
			return refused(strings.Join(texts, "\n"))
		}
	} else {
		return refused("cors: specifying origin patterns in addition to * is prohibited")
	}
	if c.has("*") {
		return star(c)
	}
	for _, entry := range c.Origins {
		if p, _ := parseJub0bs(entry); p.match(origin) {
			return reflected(c, origin)
		}
	}
	if release.Before(version, "v0.1.3") && jub0bsSharedSuffix(c.Origins, origin) {
		return reflected(c, origin)
	}
	return Answer{Vary: true}
}

// jub0bsRefusals follows the order of the checks of one entry. Until v0.13.0
// public suffixes were refused without credentials, too.
func jub0bsRefusals(version string, c Config) (texts []string) {
	for _, entry := range c.Origins {
		p, bad := parseJub0bs(entry)
		switch {
		case entry == "*" && c.Credentials:
			texts = append(texts, "cors: for security reasons, you cannot both allow all origins and enable credentialed access")
		case entry == "*":
		case bad != "":
			texts = append(texts, fmt.Sprintf("cors: %s origin pattern %q", bad, entry))
		case c.Credentials && p.insecure() && !c.Options["DangerouslyTolerateInsecureOrigins"]:
			texts = append(texts, fmt.Sprintf("cors: for security reasons, insecure origin patterns like %q are by default prohibited when credentialed access is enabled", entry))
		case (c.Credentials || release.Before(version, "v0.13.0")) && p.publicSuffix() && !c.Options["DangerouslyTolerateSubdomainsOfPublicSuffixes"]:
			texts = append(texts, fmt.Sprintf("cors: for security reasons, origin patterns like %q that encompass subdomains of a public suffix are by default prohibited", entry))
		}
	}
	return texts
}

// jub0bsSharedSuffix is the mistake of the radix tree of those releases: the
// host of one entry followed by the host of another passed for an origin.
func jub0bsSharedSuffix(entries []string, origin string) bool {
	_, host, _ := strings.Cut(origin, "://")
	return slices.ContainsFunc(entries, func(a string) bool {
		p, _ := parseJub0bs(a)
		return slices.ContainsFunc(entries, func(b string) bool {
			q, _ := parseJub0bs(b)
			head, found := strings.CutSuffix(host, q.host)
			return found && head != "" && p.host != q.host && strings.HasPrefix(p.host, head)
		})
	})
}

// A jub0bsPattern is scheme://host:port, where host may start with "*." and
// port may be "*".
type jub0bsPattern struct{ scheme, host, port string }

var (
	jub0bsSyntax = regexp.MustCompile(`^([a-z][a-z0-9+._-]*)://(\[[^\]]*\]|(?:\*\.)?[a-z0-9._-]*)(.*)$`)
	jub0bsPort   = regexp.MustCompile(`^:([1-9][0-9]{0,4}|\*)$`)
	jub0bsOrigin = regexp.MustCompile(`^([^:]*)://(\[[^\]]*\]|[^:]*)(?::([0-9]+))?$`)
	jub0bsLabels = regexp.MustCompile(`^([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.?$`)
)

// parseJub0bs says of a pattern that it is "invalid" or "prohibited", or "" if it
// is neither (internal/origins/pattern.go).
func parseJub0bs(entry string) (p jub0bsPattern, bad string) {
	if entry == "null" || strings.HasPrefix(entry, "file:") {
		return p, "prohibited"
	}
	m := jub0bsSyntax.FindStringSubmatch(entry)
	if m == nil || strings.Trim(m[2], ".") == "" {
		return p, "invalid"
	}
	p = jub0bsPattern{scheme: m[1], host: m[2]}
	if bad := p.badHost(); bad != "" {
		return p, bad
	}
	if port := jub0bsPort.FindStringSubmatch(m[3]); port != nil {
		p.port = port[1]
	} else if m[3] != "" {
		return p, "invalid"
	}
	if p.scheme == "https" && p.port == "443" || p.scheme == "http" && p.port == "80" {
		return p, "prohibited"
	}
	return p, ""
}

// badHost takes a host for an IP address if its last label starts with a digit.
func (p jub0bsPattern) badHost() string {
	last := p.host[strings.LastIndexByte(strings.TrimSuffix(p.host, "."), '.')+1:]
	if p.host[0] != '[' && (last[0] < '0' || last[0] > '9') {
		if !jub0bsLabels.MatchString(p.parent()) {
			return "prohibited"
		}
		return ""
	}
	ip := p.ip()
	switch {
	case !ip.IsValid() || ip.Zone() != "":
		return "invalid"
	case ip.Is4In6() || strings.Trim(p.host, "[]") != ip.String():
		return "prohibited"
	}
	return ""
}

// parent is the host without a leading wildcard.
func (p jub0bsPattern) parent() string { return strings.TrimPrefix(p.host, "*.") }

// ip is the host as an address, not valid if it is a name.
func (p jub0bsPattern) ip() netip.Addr {
	ip, err := netip.ParseAddr(strings.Trim(p.host, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return ip
}

func (p jub0bsPattern) insecure() bool {
	return p.scheme != "https" && p.parent() != "localhost" && !p.ip().IsLoopback()
}

// publicSuffix knows the top-level domains, which are single labels, and the
// suffixes below them that servers most often run under. The library has the
// whole list.
func (p jub0bsPattern) publicSuffix() bool {
	parent := strings.TrimSuffix(p.parent(), ".")
	known := []string{
		"appspot.com", "azurewebsites.net", "cloudfront.net", "co.jp", "co.uk", "com.au", "com.br", "com.cn",
		"fly.dev", "github.io", "gitlab.io", "herokuapp.com", "netlify.app", "onrender.com", "pages.dev", "vercel.app",
		"web.app", "workers.dev",
	}
	return parent != p.host && (!strings.Contains(parent, ".") || slices.Contains(known, parent))
}

func (p jub0bsPattern) match(origin string) bool {
	m := jub0bsOrigin.FindStringSubmatch(origin)
	if m == nil || p.scheme != m[1] || p.port != "*" && p.port != m[3] {
		return false
	}
	if p.parent() == p.host {
		return p.host == m[2]
	}
	return strings.HasSuffix(m[2], p.host[1:])
}

// answerFcors is jub0bs/fcors. A lone origin is sent on every response; "*" is
// an option of its own (AllowAll), which the one with credentials does not take.
func answerFcors(_ string, c Config, origin string) Answer {
	if c.AllowAll {
		return star(c)
	}
	if len(c.Origins) == 0 {
		return refused("fcors: missing call to FromOrigins or FromAnyOrigin in AllowAccess")
	}
	for _, entry := range c.Origins {
		if text := fcorsRefusal(c, entry); text != "" {
			return refused("fcors: " + text)
		}
	}
	if p, _ := parseJub0bs(c.Origins[0]); len(c.Origins) == 1 && p.parent() == p.host {
		return unvaried(reflected(c, c.Origins[0]))
	}
	for _, entry := range c.Origins {
		// Unlike its successor it does not read an origin in capitals.
		if p, _ := parseJub0bs(entry); p.match(origin) && origin == strings.ToLower(origin) {
			return reflected(c, origin)
		}
	}
	return Answer{Vary: true}
}

func fcorsRefusal(c Config, entry string) string {
	p, bad := parseJub0bs(entry)
	switch {
	case entry == "*" || entry == "null":
		return fmt.Sprintf("prohibited origin %q", entry)
	case bad != "" || p.scheme != "http" && p.scheme != "https":
		return fmt.Sprintf("invalid origin pattern %q", entry)
	case p.scheme == "https" && p.ip().IsValid():
		return fmt.Sprintf("scheme \"https\" incompatible with an IP address: %q", entry)
	case p.host != p.parent() && p.port == "*":
		return fmt.Sprintf("specifying both arbitrary subdomains and arbitrary ports is prohibited: %q", entry)
	case c.Credentials && p.insecure() && !c.Options["DangerouslyTolerateInsecureOrigins"]:
		return fmt.Sprintf("insecure origin patterns like %q are by default prohibited when credentialed access is enabled", entry)
	case p.publicSuffix() && !c.Options["DangerouslyTolerateSubdomainsOfPublicSuffixes"]:
		return fmt.Sprintf("origin patterns like %q that encompass subdomains of a public suffix are by default prohibited", entry)
	}
	return ""
}
