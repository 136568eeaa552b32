package corsconfig

import (
	"regexp"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/release"
)

// answerGin is gin-contrib/cors. Borders: the conflict text at v1.7.0, the
// regular expressions at v1.7.4, which may be anchored since v1.7.7, the
// trailing star at v1.6.0.
func answerGin(version string, c Config, origin string) Answer {
	conflict := "conflict settings: all origins enabled. AllowOriginFunc or AllowOriginFuncWithContext or AllowOrigins is not needed"
	if release.Before(version, "v1.7.0") {
		conflict = hertzConflict
	}
	rules := ginRules{
		conflict:  conflict,
		regexps:   !release.Before(version, "v1.7.4"),
		anchors:   !release.Before(version, "v1.7.7"),
		shortStar: release.Before(version, "v1.6.0"),
	}
	return rules.answer(c, origin)
}

const hertzConflict = "conflict settings: all origins are allowed. AllowOriginFunc or AllowOrigins is not needed"

// answerHertz is hertz-contrib/cors, a port of gin-contrib/cors v1.4 that still
// has its trailing star.
func answerHertz(_ string, c Config, origin string) Answer {
	return ginRules{conflict: hertzConflict, shortStar: true}.answer(c, origin)
}

// ginRules is where the descendants of gin-contrib/cors differ.
type ginRules struct {
	conflict  string
	regexps   bool // "/…/" entries are regular expressions
	anchors   bool // and may start with "^"
	shortStar bool // an entry that ends in "*" loses the character before it (CVE-2019-25211)
}

func (g ginRules) answer(c Config, origin string) Answer {
	if text := g.refuses(c); text != "" {
		return refused(text)
	}
	if c.AllowAll || c.has("*") {
		return star(c)
	}
	if g.matches(c, origin) || c.Func != nil && c.Func(origin) {
		return reflected(c, origin)
	}
	return Answer{}
}

// refuses follows Config.Validate and parseWildcardRules (config.go). "*" in the
// list is not what the first check calls all origins.
func (g ginRules) refuses(c Config) string {
	switch {
	case c.AllowAll && (c.Func != nil || len(c.Origins) > 0):
		return g.conflict
	case !c.AllowAll && c.Func == nil && len(c.Origins) == 0:
		return "conflict settings: all origins disabled"
	}
	schemes := ginSchemes(c)
	for _, entry := range c.Origins {
		if !strings.Contains(entry, "*") && !hasPrefixOf(g.schemePart(entry), schemes) {
			return "bad origin: origins must contain '*' or include " + strings.Join(schemes, ",")
		}
	}
	if c.Wildcards && slices.ContainsFunc(c.Origins, func(s string) bool { return strings.Count(s, "*") > 1 }) {
		return "only one * is allowed"
	}
	return ""
}

var ginRegexp = regexp.MustCompile(`^/(.+)/[gimuy]?$`)

// schemePart is what the check of the scheme looks at: in a regular expression
// the text after a leading anchor, without its first question mark.
func (g ginRules) schemePart(entry string) string {
	m := ginRegexp.FindStringSubmatch(entry)
	if !g.regexps || m == nil {
		return entry
	}
	entry = strings.Replace(m[1], "?", "", 1)
	if g.anchors {
		entry = strings.TrimPrefix(entry, "^")
	}
	return entry
}

func ginSchemes(c Config) []string {
	schemes := []string{"http://", "https://"}
	if c.Options["AllowBrowserExtensions"] {
		schemes = append(schemes, "chrome-extension://", "safari-extension://", "moz-extension://", "ms-browser-extension://")
	}
	if c.Options["AllowWebSockets"] {
		schemes = append(schemes, "ws://", "wss://")
	}
	if c.Options["AllowFiles"] {
		schemes = append(schemes, "file://")
	}
	return append(schemes, c.Schemes...)
}

func hasPrefixOf(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

// matches follows validateOrigin (cors.go). Entries are lower-cased, regular
// expressions included; the request's origin is not.
func (g ginRules) matches(c Config, origin string) bool {
	for _, entry := range c.Origins {
		exact := strings.ToLower(strings.TrimSpace(entry))
		m := ginRegexp.FindStringSubmatch(exact)
		switch {
		case g.regexps && m != nil && matchRegexp(m[1], origin):
			return true
		case (!g.regexps || m == nil) && exact == origin:
			return true
		case c.Wildcards && g.matchesWildcard(entry, origin):
			return true
		}
	}
	return false
}

// matchesWildcard does not ask that prefix and suffix stand beside one another.
func (g ginRules) matchesWildcard(entry, origin string) bool {
	prefix, suffix, found := strings.Cut(entry, "*")
	if g.shortStar && suffix == "" && prefix != "" {
		prefix = prefix[:len(prefix)-1]
	}
	return found && strings.HasPrefix(origin, prefix) && strings.HasSuffix(origin, suffix)
}

// answerOldGin is gin-gonic/contrib/cors, the ancestor of gin-contrib/cors
// (cors.go, validateSettings): exact origins only, and no Vary.
func answerOldGin(_ string, c Config, origin string) Answer {
	isURL := func(s string) bool { return hasPrefixOf(s, []string{"http://", "https://"}) }
	switch {
	case c.AllowAll && (c.Func != nil || len(c.Origins) > 0):
		return refused("conflict settings: all origins are allowed. AllowOriginFunc or AllowedOrigins is not needed")
	case !c.AllowAll && c.Func == nil && len(c.Origins) == 0:
		return refused("conflict settings: all origins disabled")
	case c.Func != nil && len(c.Origins) > 0:
		return refused("conflict settings: if a allow origin func is provided, AllowedOrigins is not needed")
	case !all(c.Origins, isURL):
		return refused("bad origin: origins must include http:// or https://")
	case c.AllowAll:
		return star(c)
	case c.has(origin), c.Func != nil && c.Func(origin):
		return unvaried(reflected(c, origin))
	}
	return Answer{}
}

func all(list []string, ok func(string) bool) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return !ok(s) })
}

// answerItsjamie is itsjamie/gin-cors: one string, split at ", " exactly. Until
// 2022 "*" with credentials sent the origin back; since then it is refused, but
// only where it is the whole string.
func answerItsjamie(version string, c Config, origin string) Answer {
	line := strings.Join(c.Origins, ", ")
	switch {
	case line == "":
		return refused("You must set at least a single valid origin. If you don't want CORS, to apply, simply remove the middleware.")
	case line == "*" && c.Credentials && release.Before(version, "v0.0.0-20220228000000-000000000000"):
		return reflected(c, origin)
	case line == "*" && c.Credentials:
		return refused(`Do not use Origins = "*" and Credentials = true together.`)
	case line == "*":
		return varied(star(c))
	case slices.Contains(strings.Split(line, ", "), origin):
		return reflected(c, origin)
	}
	return Answer{Vary: true}
}

// answerTommy is tommy351/gin-cors and its fork rounds/gin-cors: no list
// reflects, any list is sent as it is, joined by blanks.
func answerTommy(_ string, c Config, origin string) Answer {
	if len(c.Origins) == 0 {
		return unvaried(reflected(c, origin))
	}
	line := strings.Join(c.Origins, " ")
	return Answer{AllowOrigin: line, Credentials: c.Credentials && line != ""}
}

// answerJhsc is jhsc/gin-cors: no list reflects, a list is compared exactly, so
// that "*" matches nothing.
func answerJhsc(_ string, c Config, origin string) Answer {
	if len(c.Origins) == 0 || c.has(origin) {
		return unvaried(reflected(c, origin))
	}
	return Answer{}
}
