package web

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// Tighten returns pattern with its dots escaped and with anchors at both ends,
// so that it no longer matches subject, which is the origin of an attacker or
// its host. It returns "" where that would not do, or would refuse what the
// pattern is for.
func Tighten(pattern, subject string) string {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	meant, _ := matches(pattern)
	scheme := ""
	if strings.Contains(subject, "://") && !slices.ContainsFunc(meant, func(s string) bool { return strings.Contains(s, "://") }) {
		scheme = "https?://"
	}
	tight := escapeDots(pattern)
	if !isAnchored(parsed) {
		tight = anchor(tight, scheme)
	}
	compiled, err := regexp.Compile(tight)
	if err != nil || compiled.MatchString(subject) {
		return ""
	}
	stillMeant := func(s string) bool { return compiled.MatchString(strings.Replace(scheme, "?", "", 1) + s) }
	if !slices.ContainsFunc(meant, stillMeant) {
		return ""
	}
	return tight
}

// isAnchored reports whether an expression matches whole texts only.
func isAnchored(re *syntax.Regexp) bool {
	return re.Op == syntax.OpConcat && re.Sub[0].Op == syntax.OpBeginText && re.Sub[len(re.Sub)-1].Op == syntax.OpEndText
}

// anchor puts anchors around an expression. This machine's own names come with
// the port of whatever runs there.
func anchor(pattern, scheme string) string {
	end := "$"
	if strings.HasSuffix(pattern, "localhost") || strings.HasSuffix(pattern, `127\.0\.0\.1`) {
		end = "(:[0-9]+)?$"
	}
	pattern = strings.TrimPrefix(pattern, "^")
	if !strings.HasSuffix(pattern, `\$`) {
		pattern = strings.TrimSuffix(pattern, "$")
	}
	if strings.Contains(pattern, "|") {
		pattern = "(?:" + pattern + ")"
	}
	return "^" + scheme + pattern + end
}

// escapeDots escapes the dots that stand between parts of a name.
func escapeDots(pattern string) string {
	var b strings.Builder
	inClass := false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			b.WriteByte(c)
			i++
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		case c == '.' && !inClass && i > 0 && i+1 < len(pattern) && endsName(pattern[i-1]) && (isAlphanumeric(pattern[i+1]) || pattern[i+1] == ')'):
			b.WriteByte('\\')
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}

func endsName(c byte) bool { return isAlphanumeric(c) || strings.IndexByte(")]*+?", c) >= 0 }

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// DotBeforeName returns a pattern whose star runs into a name with the dot
// between them that keeps other domains out, "" for other patterns.
func DotBeforeName(pattern string) string {
	head, tail, found := strings.Cut(pattern, "*")
	if !found || tail == "" || !isAlphanumeric(tail[0]) {
		return ""
	}
	return head + "*." + tail
}

// IsDomain reports whether text is a domain name of two labels or more, without
// a dot or anything else before it.
func IsDomain(text string) bool {
	return text != "" && isAlphanumeric(text[0]) && strings.Contains(text, ".") && IsOrigin("https://"+text)
}
