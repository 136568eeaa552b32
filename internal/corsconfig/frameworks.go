package corsconfig

import (
	"net/url"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/release"
)

// answerIris is iris/middleware/cors, which reflects every origin unless told
// otherwise. The last setter of origins wins, so a caller keeps only that.
func answerIris(_ string, c Config, origin string) Answer {
	allowed := !c.OriginsSet
	switch {
	case c.Func != nil:
		allowed = c.Func(origin)
	case len(c.Regexps) > 0:
		allowed = matchAnyRegexp(c.Regexps, origin)
	case c.has("*"):
		allowed = true
	case c.OriginsSet:
		allowed = slices.ContainsFunc(c.Origins, func(s string) bool { return strings.TrimSpace(s) == origin })
	}
	if !allowed {
		return Answer{Vary: true}
	}
	return reflected(c, origin)
}

// answerRestful is CrossOriginResourceSharing of go-restful (cors_filter.go):
// no domains and no function allow all, ".*" does so, and "*" allows nothing.
// Up to v2.15.0 and v3.7.4 the entries were regular expressions (CVE-2022-1996).
// It never sends Vary.
func answerRestful(version string, c Config, origin string) Answer {
	old := release.Before(version, "v2.16.0") || strings.HasPrefix(version, "v3.") && release.Before(version, "v3.8.0")
	var allowed bool
	switch {
	case len(c.Origins) == 0 && (old || c.Func == nil):
		allowed = true
	case old:
		allowed = c.has(origin) || all(c.Origins, compiles) && matchAnyRegexp(c.Origins, origin)
	default:
		allowed = restfulAllows(c, origin)
	}
	if !allowed {
		return Answer{}
	}
	return unvaried(reflected(c, origin))
}

// restfulAllows lower-cases the origin for a function that stands alone.
func restfulAllows(c Config, origin string) bool {
	same := func(entry string) bool { return entry == ".*" || strings.EqualFold(entry, origin) }
	if slices.ContainsFunc(c.Origins, same) {
		return true
	}
	if len(c.Origins) == 0 {
		origin = strings.ToLower(origin)
	}
	return c.Func != nil && c.Func(origin)
}

// answerBeego is the filter of beego and martini-contrib/cors: "*" in the list
// is a pattern like any other, so that it reflects, while the switch sends "*".
func answerBeego(_ string, c Config, origin string) Answer {
	if c.AllowAll {
		return star(c)
	}
	if slices.ContainsFunc(c.Origins, func(entry string) bool { return matchGlob(entry, origin) }) {
		return unvaried(reflected(c, origin))
	}
	return Answer{}
}

// answerGoFrame is ghttp's Response.CORS (ghttp_response_cors.go): the domains
// decide whether Value is sent; without a list all do.
func answerGoFrame(_ string, c Config, origin string) Answer {
	allowed := !c.OriginsSet
	if u, err := url.Parse(origin); err == nil && c.OriginsSet {
		allowed = slices.ContainsFunc(c.Origins, func(domain string) bool { return goFrameSubdomain(u.Host, domain) })
	}
	value := c.Value
	if value == RequestOrigin {
		value = origin
	}
	if !allowed || value == "" {
		return Answer{}
	}
	return Answer{AllowOrigin: value, Credentials: c.Credentials}
}

// goFrameSubdomain compares labels from the right. A domain of one or two labels
// takes in all that is below it, a longer one only hosts of as many labels, and
// a longer pattern only shorter hosts that lack stars (gstr.IsSubDomain).
func goFrameSubdomain(host, domain string) bool {
	host, _, _ = strings.Cut(host, ":")
	domain, _, _ = strings.Cut(domain, ":")
	have, want := strings.Split(host, "."), strings.Split(domain, ".")
	if len(want) > 2 && len(have) > len(want) {
		return false
	}
	slices.Reverse(have)
	slices.Reverse(want)
	for i, label := range want {
		if label != "*" && (i >= len(have) || have[i] != label) {
			return false
		}
	}
	return true
}

// answerGoZero is rest.WithCors (rest/internal/cors): no origins send "*", and
// whatever is sent for an origin comes with credentials. Up to v1.5.0 an entry
// was a bare suffix of the origin (CVE-2024-27302).
func answerGoZero(version string, c Config, origin string) Answer {
	if len(c.Origins) == 0 {
		return Answer{AllowOrigin: "*", Vary: true}
	}
	lower := strings.ToLower(origin)
	for _, entry := range c.Origins {
		suffix := strings.ToLower(entry)
		if !release.Before(version, "v1.5.1") {
			suffix = "." + suffix
		}
		if entry == "*" || strings.EqualFold(entry, origin) || strings.HasSuffix(lower, suffix) {
			return Answer{AllowOrigin: origin, Credentials: true, Vary: true}
		}
	}
	return Answer{Vary: true}
}

// answerFlamego is flamego/cors, or macaron/cors, which allows credentials
// whatever the program sets, and compares hosts without their ports. The scheme
// that is sent is the configured one ("http" by default, "*" for the request's own).
func answerFlamego(macaron bool) func(string, Config, string) Answer {
	return func(_ string, c Config, origin string) Answer {
		if len(c.Origins) == 0 || c.Origins[0] == "*" {
			return Answer{AllowOrigin: "*"}
		}
		u, err := url.Parse(origin)
		if err != nil {
			return Answer{}
		}
		host := u.Host
		if macaron {
			host = u.Hostname()
		}
		if !flamegoAllows(c, host) {
			return Answer{}
		}
		c.Credentials = c.Credentials || macaron
		switch {
		case len(c.Schemes) == 0 || c.Schemes[0] == "":
			u.Scheme = "http"
		case c.Schemes[0] != "*":
			u.Scheme = c.Schemes[0]
		}
		origin = u.String()
		return reflected(c, origin)
	}
}

func flamegoAllows(c Config, host string) bool {
	return slices.ContainsFunc(c.Origins, func(domain string) bool {
		return domain == "!*" || domain == host ||
			c.Options["AllowSubdomain"] && domain != "" && strings.HasSuffix(host, "."+domain)
	})
}

// answerOzzo is ozzo-routing/cors: one comma-separated string. Only the whole
// string can be "*", which reflects, and "null" counts only beside others. No Vary.
func answerOzzo(_ string, c Config, origin string) Answer {
	line := strings.Join(c.Origins, ",")
	switch {
	case line == "" || line == "null":
		return Answer{}
	case line == "*" && !c.Credentials:
		return star(c)
	case line == "*", slices.ContainsFunc(strings.Split(line, ","), func(s string) bool { return strings.TrimSpace(s) == origin }):
		return unvaried(reflected(c, origin))
	}
	return Answer{}
}

// answerGear is teambition/gear/middleware/cors, which reflects even for "*".
// The function returns the value to send.
func answerGear(_ string, c Config, origin string) Answer {
	allowed := !c.OriginsSet || c.has("*") || c.has(origin)
	if c.Func != nil {
		allowed = c.Func(origin)
	}
	if !allowed {
		return Answer{Vary: true}
	}
	return reflected(c, origin)
}

// answerGoyave is goyave/cors: only the first entry can be "*".
func answerGoyave(_ string, c Config, origin string) Answer {
	switch {
	case len(c.Origins) == 0 || c.Origins[0] == "*":
		return star(c)
	case c.has(origin):
		return reflected(c, origin)
	}
	return Answer{Vary: true}
}
