package corsconfig

import (
	"net/url"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/release"
)

// answerFiber2 is the CORS middleware of fiber v2 (middleware/cors), whose list
// is one string. The releases fall into three: up to v2.52.0, the two that
// mended CVE-2024-25124 badly, and those after.
func answerFiber2(version string, c Config, origin string) Answer {
	switch {
	case release.Before(version, "v2.52.1"):
		return answerOldFiber2(version, c, origin)
	case release.Before(version, "v2.52.3"):
		return answerFiber2521(c, origin)
	case release.Before(version, "v2.52.4"):
		// The headers of actual responses got lost in this release.
		return Answer{Refused: answerNewFiber2(version, c, origin).Refused}
	}
	return answerNewFiber2(version, c, origin)
}

// answerFiber1 is gofiber/cors, which fiber v2 took over with one string in the
// place of the list.
func answerFiber1(_ string, c Config, origin string) Answer {
	entries := c.Origins
	if len(entries) == 0 {
		entries = []string{"*"}
	}
	return varied(oldFiber2List("v2.0.0", c, entries, origin))
}

// answerOldFiber2 compares by host labels. Borders: "*" with credentials
// reflects up to v2.42.0; the function exists since v2.44.0, overrules "*" from
// v2.45.0 to v2.51.0, and keeps "*" from being the default since v2.52.0.
func answerOldFiber2(version string, c Config, origin string) Answer {
	if release.Before(version, "v2.44.0") {
		c.Func = nil
	}
	entries := c.entries()
	if len(entries) == 0 && (c.Func == nil || release.Before(version, "v2.52.0")) {
		entries = []string{"*"}
	}
	for i, entry := range entries {
		entries[i] = strings.ReplaceAll(entry, " ", "")
	}
	answer := varied(oldFiber2List(version, c, entries, origin))
	overrules := !release.Before(version, "v2.45.0") && release.Before(version, "v2.52.0")
	undecided := answer.AllowOrigin == "" || overrules && answer.AllowOrigin == "*"
	if c.Func != nil && undecided && c.Func(origin) {
		return reflected(c, origin)
	}
	return answer
}

func oldFiber2List(version string, c Config, entries []string, origin string) Answer {
	for _, entry := range entries {
		switch {
		case entry == "*" && c.Credentials && release.Before(version, "v2.43.0"):
			return reflected(c, origin)
		case entry == "*":
			return star(c)
		case entry == origin, matchLabels(entry, origin):
			return reflected(c, origin)
		}
	}
	return Answer{}
}

const fiber2Star = "[CORS] Insecure setup, 'AllowCredentials' is set to true, and 'AllowOrigins' is set to a wildcard."

// answerFiber2521 is v2.52.1 and v2.52.2: a subdomain pattern is compared as a
// suffix of the host, without its dot and without the scheme (utils.go,
// validateDomain).
func answerFiber2521(c Config, origin string) Answer {
	line := strings.Join(c.Origins, ",")
	if line == "" && c.Func == nil {
		line = "*"
	}
	switch {
	case line == "*" && c.Credentials:
		return refused(fiber2Star)
	case line == "*":
		return varied(star(c))
	case line != "" && !all(strings.Split(line, ","), validFiber2521):
		return refused("[CORS] Invalid origin provided in configuration")
	}
	allowed := slices.ContainsFunc(c.entries(), func(entry string) bool { return matchFiber2521(entry, origin) })
	if allowed || c.Func != nil && c.Func(origin) {
		return reflected(c, origin)
	}
	return Answer{Vary: true}
}

func validFiber2521(entry string) bool {
	normal, ok := fiberOrigin(strings.TrimSpace(entry))
	return ok && hasPrefixOf(normal, []string{"http://", "https://"})
}

func matchFiber2521(entry, origin string) bool {
	entry, _ = fiberOrigin(strings.TrimSpace(entry))
	parent, found := strings.CutPrefix(hostOf(entry), "*.")
	host := hostOf(origin)
	return entry == origin || found && host != parent && strings.HasSuffix(host, parent)
}

// hostOf is an http(s) origin without its scheme and port.
func hostOf(origin string) string {
	origin = strings.TrimPrefix(strings.TrimPrefix(origin, "http://"), "https://")
	if strings.HasPrefix(origin, "[") {
		return origin
	}
	host, _, _ := strings.Cut(origin, ":")
	return host
}

// answerNewFiber2 is v2.52.4 and later. Origins are lower-cased, the one that
// is sent back too. "*" counts only where it is the whole string.
func answerNewFiber2(version string, c Config, origin string) Answer {
	line := strings.Join(c.Origins, ",")
	if line == "" && c.Func == nil {
		line = "*"
	}
	switch {
	case line == "*" && c.Credentials:
		return refused(fiber2Star)
	case line == "*":
		return star(c)
	}
	parse := fiber2Pattern
	if release.Before(version, "v2.52.6") {
		parse = fiber2WebPattern
	}
	patterns, bad := fiberPatterns(c.entries(), parse)
	if len(patterns) < len(c.entries()) {
		return refused("[CORS] Invalid origin format in configuration: " + bad)
	}
	origin = strings.ToLower(origin)
	matches := func(p fiberPattern) bool { return p.match(origin) }
	if slices.ContainsFunc(patterns, matches) || c.Func != nil && c.Func(origin) {
		return reflected(c, origin)
	}
	return Answer{Vary: true}
}

// fiber2Pattern looks for the wildcard before it trims the entry: where a blank
// precedes a subdomain pattern, prefix and suffix are cut one off, and nothing
// that a browser sends matches.
func fiber2Pattern(entry string) (p fiberPattern, text string, ok bool) {
	i := strings.Index(entry, "://*.")
	if i >= 0 {
		entry = entry[:i+3] + entry[i+4:]
	}
	entry = strings.TrimSpace(entry)
	normal, ok := fiberOrigin(entry)
	if i < 0 {
		return fiberPattern{prefix: normal}, entry, ok
	}
	cut := min(i+3, len(normal))
	return fiberPattern{normal[:cut], normal[cut:]}, entry, ok
}

// fiber2WebPattern is the same up to v2.52.5, when only http and https were schemes.
func fiber2WebPattern(entry string) (p fiberPattern, text string, ok bool) {
	p, text, ok = fiber2Pattern(entry)
	return p, text, ok && hasPrefixOf(p.prefix, []string{"http://", "https://"})
}

const (
	fiber3Format = "[CORS] Invalid origin format in configuration: "
	fiber3Star   = "[CORS] Configuration error: When 'AllowCredentials' is set to true, 'AllowOrigins' cannot contain a wildcard origin '*'. Please specify allowed origins explicitly or adjust 'AllowCredentials' setting."
)

// answerFiber3 is fiber v3 (middleware/cors). The list is a slice, of which
// nothing after "*" is read, and an origin that only the function allows must
// still look like one.
func answerFiber3(_ string, c Config, origin string) Answer {
	list := c.Origins
	if i := slices.Index(list, "*"); i >= 0 {
		list = list[:i]
	}
	patterns, bad := fiberPatterns(list, fiber3Pattern)
	allowAll := c.has("*") || len(c.Origins) == 0 && c.Func == nil
	switch {
	case len(patterns) < len(list) && c.Options["DisableValueRedaction"]:
		return refused(fiber3Format + bad)
	case len(patterns) < len(list):
		return refused(fiber3Format + "[redacted]")
	case allowAll && c.Credentials:
		return refused(fiber3Star)
	case allowAll:
		return star(c)
	}
	matches := func(p fiberPattern) bool { return p.matchLabels(strings.ToLower(origin)) }
	if slices.ContainsFunc(patterns, matches) || fiber3Func(c, origin) {
		return reflected(c, origin)
	}
	return Answer{Vary: true}
}

func fiber3Func(c Config, origin string) bool {
	_, serialized := fiberOrigin(origin)
	return c.Func != nil && (serialized || origin == "null") && c.Func(origin)
}

func fiber3Pattern(entry string) (p fiberPattern, text string, ok bool) {
	entry = strings.TrimSpace(entry)
	scheme, parent, wild := strings.Cut(entry, "://*.")
	if !wild {
		normal, ok := fiberOrigin(entry)
		return fiberPattern{prefix: normal}, entry, ok && !strings.Contains(entry, "@")
	}
	normal, ok := fiberOrigin(scheme + "://" + parent)
	scheme, parent, _ = strings.Cut(normal, "://")
	return fiberPattern{scheme + "://", "." + parent}, entry, ok && !strings.Contains(entry, "@")
}

// A fiberPattern is an origin, or with a suffix what an origin must start and
// end with.
type fiberPattern struct{ prefix, suffix string }

func (p fiberPattern) match(origin string) bool {
	if p.suffix == "" {
		return p.prefix == origin
	}
	return len(origin) >= len(p.prefix)+len(p.suffix) &&
		strings.HasPrefix(origin, p.prefix) && strings.HasSuffix(origin, p.suffix)
}

// matchLabels asks also for whole labels (fiber v3, subdomain.match).
func (p fiberPattern) matchLabels(origin string) bool {
	if !p.match(origin) || p.suffix == "" {
		return p.match(origin)
	}
	sub := origin[len(p.prefix) : len(origin)-len(p.suffix)]
	return sub != "" && !strings.HasPrefix(sub, ".") && !strings.Contains(sub, "..")
}

// fiberPatterns stops at the first entry that is no origin and returns its text.
// A "*" may stand only where parse has taken it away.
func fiberPatterns(entries []string, parse func(string) (fiberPattern, string, bool)) (patterns []fiberPattern, bad string) {
	for _, entry := range entries {
		p, text, ok := parse(entry)
		if !ok || strings.Contains(p.prefix+p.suffix, "*") {
			return patterns, text
		}
		patterns = append(patterns, p)
	}
	return patterns, ""
}

// fiberOrigin is scheme and host of an origin, for which a lone "/" may stand
// as the path (utils.go, normalizeOrigin).
func fiberOrigin(s string) (normal string, ok bool) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return strings.ToLower(u.Scheme + "://" + u.Host), true
}
