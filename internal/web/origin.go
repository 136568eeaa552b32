// Package web holds the web's own vocabulary: origins and what an attacker can
// have for one. It knows nothing of Go programs.
package web

import (
	"net/url"
	"regexp"
	"regexp/syntax"
	"strings"
)

// Host is the host under which a replayed server believes to be reached.
const Host = "app.example"

// Any is an origin that has nothing to do with the server.
const Any = "https://evil.example"

// Cookies says which cookies a browser sends along with a request of another
// site: those that their SameSite attribute lets, where hosts below one
// registrable domain are the same site (RFC 6265bis, section 5.2). Firefox keeps
// them from other sites until the user has clicked in a window of the server that
// the page had opened. browser/RESULTS.md has the runs.
const Cookies = "cookies go along from any site if they are SameSite=None (in Firefox after a click in a window that the site opens), " +
	"from a sibling sub-domain in any case"

// WithCredentials says which credentials a browser sends along with a request of
// another site that asks for it.
const WithCredentials = Cookies + "; in Chromium Basic authentication and client certificates go along from any site"

// sandboxed is the same for the origin null. What a sandboxed frame sends counts
// as of another site, wherever the frame stands: an opaque origin is same site
// with none but itself (HTML standard, section 7.1.1).
const sandboxed = "cookies go along if they are SameSite=None, and no others even if the sandboxed frame stands on a sub-domain; " +
	"Basic authentication and client certificates from any site"

// A Foothold says what an attacker must have to send from an origin.
type Foothold uint8

// The footholds, from the easiest.
const (
	AnySite   Foothold = iota // any site, by any scheme
	Sandbox                   // any site, through a sandboxed frame: its origin is null
	LookAlike                 // a domain of the attacker's choice, to be registered
	Sibling                   // a host below a domain that is trusted
)

// An Attacker is an origin that an attacker can have.
type Attacker struct {
	Origin   string
	Foothold Foothold

	// Control is, for a Sibling, another host below the same domain. A check
	// that accepts it as well means to trust them all.
	Control string
}

// WithCredentials is [WithCredentials] for what that attacker's page sends.
func (a Attacker) WithCredentials() string {
	if a.Foothold == Sandbox {
		return sandboxed
	}
	return WithCredentials
}

// anyHTTP is an origin as foreign as [Any], of a site that serves without TLS.
const anyHTTP = "http://evil.example"

// Every names the origins of any site that are let in where the attacker's is:
// all of them, or only those without TLS.
func (a Attacker) Every() string {
	if a.Origin == anyHTTP {
		return "every http Origin"
	}
	return "every Origin"
}

// AnyPage names the pages that are let in there, as Every does their origins.
func (a Attacker) AnyPage() string {
	if a.Origin == anyHTTP {
		return "any http page"
	}
	return "any site"
}

// Attackers returns origins to try against a check, the easiest to have first.
// The literals are the constants that the check compares with: hosts, origins,
// parts of either, patterns.
func Attackers(literals []string) []Attacker {
	list := []Attacker{{Origin: Any}, {Origin: anyHTTP}, {Origin: "null", Foothold: Sandbox}}
	seen := map[string]bool{}
	for _, l := range literals {
		for _, a := range against(l) {
			if !seen[a.Origin] && IsOrigin(a.Origin) {
				seen[a.Origin] = true
				list = append(list, a)
			}
		}
	}
	return list
}

// against returns origins to try against a check that compares with literal: a
// host, an origin, a list of them, a pattern.
func against(literal string) []Attacker {
	var list []Attacker
	seeds := strings.FieldsFunc(literal, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
	if inner := strings.TrimSuffix(strings.TrimPrefix(literal, "/"), "/"); len(inner) == len(literal)-2 {
		literal = inner // a regular expression in slashes
	}
	if strings.ContainsAny(literal, `\^$()[]|+*?`) {
		seeds = []string{strings.NewReplacer("*.", "", "*", "").Replace(literal)}
		meant, wrong := matches(literal)
		seeds = append(seeds, meant...)
		for _, origin := range wrong {
			list = append(list, Attacker{Origin: origin, Foothold: LookAlike})
		}
	}
	for _, seed := range seeds {
		list = append(list, alike(seed)...)
	}
	return list
}

// matches returns texts that a regular expression is meant to match, and texts
// that it matches because a dot in it is not escaped.
func matches(pattern string) (meant, wrong []string) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, nil
	}
	parsed = parsed.Simplify()
	g := generator{wrong: -1}
	meant = g.example(parsed)
	for dot := range min(g.dots, 8) {
		for _, text := range (&generator{wrong: dot}).example(parsed) {
			origin := strings.Replace(text, unescaped, "x", 1)
			if strangers(origin, strings.Replace(text, unescaped, ".", 1)) {
				wrong = append(wrong, origin)
			}
		}
	}
	return meant, wrong
}

// unescaped stands for the dot that was not escaped in examples. No origin holds
// it.
const unescaped = "\x00"

// strangers reports whether the origin belongs to somebody else than the one
// that was meant, and can: the attacker registers a domain below the same
// top-level domain.
func strangers(origin, meant string) bool {
	if !IsOrigin(origin) || !IsOrigin(meant) {
		return false
	}
	domain, own := registrable(hostOf(origin)), registrable(hostOf(meant))
	return domain != own && lastLabel(domain) == lastLabel(own)
}

// hostOf returns the host of an origin, without the port.
func hostOf(origin string) string {
	_, host, _ := strings.Cut(origin, "://")
	name, _, _ := strings.Cut(host, ":")
	return name
}

// registrable returns the part of a host that somebody registers: two labels, or
// three where the second to last is one of a country's, as in example.co.uk.
func registrable(host string) string {
	labels := strings.Split(host, ".")
	n := 2
	if last := len(labels) - 1; last >= 2 && len(labels[last]) == 2 && len(labels[last-1]) <= 3 {
		n = 3
	}
	return strings.Join(labels[max(0, len(labels)-n):], ".")
}

func lastLabel(host string) string { return host[strings.LastIndexByte(host, '.')+1:] }

// A generator makes texts that a regular expression matches. It takes every
// "any character" for a dot that was not escaped, but for number wrong.
type generator struct {
	wrong int
	dots  int
}

// maxExamples bounds the texts made of one expression.
const maxExamples = 16

func (g *generator) example(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCharClass:
		return []string{classExample(re)}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		g.dots++
		if g.dots-1 == g.wrong {
			return []string{unescaped}
		}
		return []string{"."}
	case syntax.OpCapture:
		return g.example(re.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		return append([]string{""}, g.repeated(re.Sub[0])...)
	case syntax.OpPlus, syntax.OpRepeat:
		return g.repeated(re.Sub[0])
	case syntax.OpConcat:
		texts := []string{""}
		for _, sub := range re.Sub {
			texts = product(texts, g.example(sub))
		}
		return texts
	case syntax.OpAlternate:
		var texts []string
		for _, sub := range re.Sub {
			texts = append(texts, g.example(sub)...)
		}
		return texts[:min(len(texts), maxExamples)]
	}
	return []string{""}
}

// repeated returns one repetition; where anything may repeat, a word that an
// attacker would choose.
func (g *generator) repeated(re *syntax.Regexp) []string {
	if re.Op == syntax.OpAnyChar || re.Op == syntax.OpAnyCharNotNL {
		return []string{"evil"}
	}
	if re.Op == syntax.OpCharClass && regexp.MustCompile("^"+re.String()+"+$").MatchString("evil") {
		return []string{"evil"}
	}
	return g.example(re)
}

func classExample(re *syntax.Regexp) string {
	for _, try := range []string{"e", "1", "-"} {
		if ok, _ := regexp.MatchString("^"+re.String()+"$", try); ok {
			return try
		}
	}
	if len(re.Rune) > 0 {
		return string(re.Rune[0])
	}
	return ""
}

func product(heads, tails []string) []string {
	var texts []string
	for _, h := range heads {
		for _, t := range tails {
			if len(texts) < maxExamples {
				texts = append(texts, h+t)
			}
		}
	}
	return texts
}

// alike returns origins that look like what the seed is part of.
func alike(seed string) []Attacker {
	if list := onPort(seed); list != nil {
		return list
	}
	seed = strings.ToLower(seed)
	scheme, host, found := strings.Cut(seed, "://")
	if !found {
		scheme, host = "https", seed
	}
	if (scheme != "http" && scheme != "https") || strings.ContainsAny(host, "/?#@%") || len(host) > 120 {
		return nil
	}
	var list []Attacker
	add := func(origin string) { list = append(list, Attacker{Origin: origin, Foothold: LookAlike}) }
	for _, s := range schemes(scheme, found) {
		bare := strings.TrimSuffix(host, ".")
		if bare != "" && !strings.HasSuffix(host, ":") {
			add(s + "://" + strings.TrimPrefix(bare, ".") + ".evil.example")
			add(s + "://" + labelled(bare) + ".evil.example")
			add(s + "://" + labelled(bare) + "evil.example")
		}
		if label := strings.TrimPrefix(host, "."); isTopLevel(label) {
			add(s + "://evil." + label)
		}
		if host != "" && !strings.HasPrefix(host, ".") {
			list = append(list, prefixed(s, host))
		}
		if strings.HasSuffix(host, ".com") {
			add(s + "://" + strings.TrimSuffix(host, "m"))
		}
	}
	return list
}

// labelled puts a label before a host that begins with a dot, as that of no
// origin does.
func labelled(host string) string {
	if strings.HasPrefix(host, ".") {
		return "evil" + host
	}
	return host
}

// isTopLevel reports whether anybody can register a domain below the label. It
// knows the domains of countries, which have two letters, and those that most
// domains are below.
func isTopLevel(label string) bool {
	switch label {
	case "com", "net", "org", "info", "biz", "app", "dev", "cloud", "online", "site", "shop", "store", "tech", "xyz":
		return true
	}
	return len(label) == 2 && !strings.ContainsFunc(label, func(r rune) bool { return r < 'a' || r > 'z' })
}

func schemes(scheme string, given bool) []string {
	if given {
		return []string{scheme}
	}
	return []string{"https", "http"}
}

// prefixed is the attacker with a host that ends in the given one without a dot
// before it. That is a domain of the attacker's own where the host is one that
// can be registered, else a host below the same domain.
func prefixed(scheme, host string) Attacker {
	a := Attacker{Origin: scheme + "://evil" + host, Foothold: LookAlike}
	name := hostOf(scheme + "://" + host)
	if registrable(name) == name {
		return a
	}
	_, parent, _ := strings.Cut(name, ".")
	a.Foothold = Sibling
	a.Control = scheme + "://unrelated." + parent
	return a
}

// IsOrigin reports whether browsers send such an Origin: scheme, host that
// DNS can hold, and perhaps a port.
func IsOrigin(origin string) bool {
	if origin == "null" {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return false
	}
	for _, label := range strings.Split(u.Hostname(), ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		for _, r := range label {
			if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
				return false
			}
		}
	}
	return strings.Contains(u.Hostname(), ".")
}
