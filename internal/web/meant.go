package web

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Meant returns origins, as browsers send them, for which somebody can have put
// entry into a list of allowed origins: an origin written in some other way, a
// host, a pattern, several of them in one text; [Any] for a star. It is empty for what stands for
// no page of the web in particular.
func Meant(entry string) []string {
	switch entry {
	case "null":
		return []string{entry}
	case "*":
		return []string{Any}
	}
	var origins []string
	for _, seed := range strings.FieldsFunc(entry, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		if !strings.ContainsFunc(seed, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			continue
		}
		for _, text := range spelledOut(seed) {
			for _, origin := range serialized(text) {
				if NeverMatches(origin) == "" && !slices.Contains(origins, origin) {
					origins = append(origins, origin)
				}
			}
		}
	}
	return origins
}

// spelledOut returns texts that a pattern can stand for, in whatever pattern
// language it is written.
func spelledOut(pattern string) []string {
	texts := []string{
		strings.NewReplacer("*://", "https://", ":*", ":8443", "*.", "sub.", ".*", ".example", "*", "", "?", "x").Replace(pattern),
		strings.NewReplacer("*://", "http://", "*.", "", ":*", "", "*", "sub", "?", "").Replace(pattern),
	}
	if strings.ContainsAny(pattern, `\^$()[]|+`) || strings.HasPrefix(pattern, "/") || strings.Contains(pattern, ".*") {
		meant, _ := matches(strings.Trim(pattern, "/"))
		texts = append(texts, meant...)
	}
	return texts
}

// serialized writes a text as the origins that it can stand for: with a scheme
// and without what cannot stand in one.
func serialized(text string) []string {
	text = strings.ToLower(text)
	candidates := []string{text}
	if !strings.Contains(text, "://") {
		host := strings.TrimLeft(text, "./*")
		candidates = nil
		for _, scheme := range []string{"https://", "http://"} {
			candidates = append(candidates, scheme+host, scheme+"sub."+host)
		}
	}
	var origins []string
	for _, candidate := range candidates {
		u, err := url.Parse(candidate)
		if err != nil || strings.Trim(u.Hostname(), ".") == "" {
			continue
		}
		host := u.Host
		if u.Scheme == "https" && u.Port() == "443" || u.Scheme == "http" && u.Port() == "80" {
			host = strings.TrimSuffix(host, ":"+u.Port())
		}
		origins = append(origins, u.Scheme+"://"+host)
	}
	return origins
}
