package corsconfig

import (
	"net/url"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/release"
)

// answerEcho is the CORS middleware of echo v3 and v4 (middleware/cors.go).
// Borders: host labels since v4.1.0, globs and the function since v4.2.0, the
// literal "*" and the switch that brings the reflection back since v4.10.2.
func answerEcho(version string, c Config, origin string) Answer {
	if c.Func != nil && !release.Before(version, "v4.2.0") {
		if c.Func(origin) {
			return reflected(c, origin)
		}
		return Answer{Vary: true}
	}
	if len(c.Origins) == 0 {
		c.Origins = []string{"*"}
	}
	for _, entry := range c.Origins {
		switch {
		case entry == "*" && c.Credentials && echoReflectsStar(version, c):
			return reflected(c, origin)
		case entry == "*":
			return varied(star(c))
		case entry == origin, !release.Before(version, "v4.1.0") && matchLabels(entry, origin):
			return reflected(c, origin)
		}
	}
	if !release.Before(version, "v4.2.0") && strings.Contains(origin, "://") &&
		slices.ContainsFunc(c.Origins, func(entry string) bool { return matchGlob(entry, origin) }) {
		return reflected(c, origin)
	}
	return Answer{Vary: true}
}

func echoReflectsStar(version string, c Config) bool {
	return release.Before(version, "v4.10.2") || c.Options["UnsafeWildcardOriginWithAllowCredentials"]
}

// answerEchoV3 is echo before it had a module path with a major version.
func answerEchoV3(_ string, c Config, origin string) Answer {
	return answerEcho("v3.3.10", c, origin)
}

// answerPocketbase is the copy of echo's middleware in pocketbase/apis.
func answerPocketbase(_ string, c Config, origin string) Answer {
	return answerEcho("", c, origin)
}

// answerEcho5 is echo v5 (middleware/cors.go, ToMiddleware). The value it sends
// is the entry of the list, not the request's origin.
func answerEcho5(_ string, c Config, origin string) Answer {
	if c.Func != nil {
		if c.Func(origin) {
			return reflected(c, origin)
		}
		return Answer{Vary: true}
	}
	if text := echo5Refuses(c); text != "" {
		return refused(text)
	}
	if c.has("*") {
		return varied(star(c))
	}
	for _, entry := range c.Origins {
		if strings.EqualFold(entry, origin) {
			return reflected(c, entry)
		}
	}
	return Answer{Vary: true}
}

// echo5Refuses checks the entries up to the first "*".
func echo5Refuses(c Config) string {
	if len(c.Origins) == 0 {
		return "at least one AllowOrigins is required or UnsafeAllowOriginFunc must be provided"
	}
	for _, entry := range c.Origins {
		if entry == "*" && c.Credentials {
			return "* as allowed origin and AllowCredentials=true is insecure and not allowed. Use custom UnsafeAllowOriginFunc"
		}
		if entry == "*" {
			return ""
		}
		if text := echo5BadOrigin(entry); text != "" {
			return text
		}
	}
	return ""
}

func echo5BadOrigin(entry string) string {
	u, err := url.Parse(entry)
	switch {
	case err != nil:
		return "can not parse allow origin: " + err.Error()
	case u.Scheme == "" || u.Host == "":
		return "allow origin is missing scheme or host: " + entry
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "":
		return "allow origin can not have path, query, and fragments: " + entry
	}
	return ""
}
