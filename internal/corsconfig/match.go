package corsconfig

import (
	"regexp"
	"slices"
	"strings"
)

// Pattern languages that several libraries share.

// matchStar matches origin with a pattern in which the first "*" stands for any
// text and further ones for themselves.
func matchStar(pattern, origin string) bool {
	prefix, suffix, found := strings.Cut(pattern, "*")
	if !found {
		return pattern == origin
	}
	return len(origin) >= len(prefix)+len(suffix) &&
		strings.HasPrefix(origin, prefix) && strings.HasSuffix(origin, suffix)
}

// matchGlob matches origin with a pattern in which "*" stands for any text and
// "?" for one character.
func matchGlob(pattern, origin string) bool {
	expr := regexp.QuoteMeta(pattern)
	expr = strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(expr)
	return matchRegexp("^"+expr+"$", origin)
}

// matchLabels is the comparison by host labels that echo and fiber share: both
// schemes must be equal, labels are compared from the right, and a label "*"
// accepts all that stands to its left, whatever the pattern has there.
func matchLabels(pattern, origin string) bool {
	patternScheme, patternHost, ok := strings.Cut(pattern, "://")
	scheme, host, isURL := strings.Cut(origin, "://")
	if !ok || !isURL || scheme != patternScheme || len(host) > 253 {
		return false
	}
	want, have := strings.Split(patternHost, "."), strings.Split(host, ".")
	slices.Reverse(want)
	slices.Reverse(have)
	for i, label := range want[:min(len(want), len(have))] {
		if label == "*" {
			return true
		}
		if label != have[i] {
			return false
		}
	}
	return false
}

// matchRegexp reports whether expr matches somewhere in s; an expression that
// does not compile matches nothing.
func matchRegexp(expr, s string) bool {
	re, err := regexp.Compile(expr)
	return err == nil && re.MatchString(s)
}

// matchAnyRegexp reports whether one of exprs matches somewhere in s.
func matchAnyRegexp(exprs []string, s string) bool {
	return slices.ContainsFunc(exprs, func(expr string) bool { return matchRegexp(expr, s) })
}
