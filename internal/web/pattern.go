package web

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
)

// A Pattern is a pattern of http.ServeMux: "[METHOD ][HOST]/[PATH]".
type Pattern struct {
	Method   string // "" for all; GET stands for HEAD, too
	Host     string // "" for all
	Segments []Segment
}

// A Segment is a part of a pattern's path, between slashes.
type Segment struct {
	Text string // literal, or the name of a wildcard
	Wild bool   // it stands for any segment
	Rest bool   // it stands for all segments that are left, none included
	End  bool   // it stands for nothing: "/{$}"
}

// ParsePattern parses a pattern as http.ServeMux does. The error says why the
// mux would refuse it.
func ParsePattern(text string) (Pattern, error) {
	var p Pattern
	method, rest, found := cutBlank(text)
	if !found {
		rest, method = text, ""
	}
	if method != "" && !isMethod(method) {
		return p, errors.New("invalid method")
	}
	p.Method = method
	slash := strings.IndexByte(rest, '/')
	if slash < 0 {
		return p, errors.New("host or path has no /")
	}
	if p.Host = rest[:slash]; strings.Contains(p.Host, "{") {
		return p, errors.New("host has a {")
	}
	path := rest[slash:]
	if method != "" && method != "CONNECT" && path != cleanPath(path) {
		return p, errors.New("a path with a method must be clean")
	}
	return p, p.parsePath(path)
}

// cutBlank cuts a method off: what stands before the first blank or tab, and
// the blanks behind it.
func cutBlank(text string) (before, after string, found bool) {
	i := strings.IndexAny(text, " \t")
	if i < 0 {
		return text, "", false
	}
	return text[:i], strings.TrimLeft(text[i:], " \t"), true
}

// isMethod reports whether text is a token (RFC 9110, section 5.6.2).
func isMethod(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		isTokenChar := r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("!#$%&'*+-.^_`|~", r))
		return !isTokenChar
	})
}

// cleanPath is the path that http.ServeMux redirects to.
func cleanPath(path string) string {
	var kept []string
	for segment := range strings.SplitSeq(path[1:], "/") {
		switch segment {
		case "", ".":
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, segment)
		}
	}
	clean := "/" + strings.Join(kept, "/")
	if strings.HasSuffix(path, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

func (p *Pattern) parsePath(path string) error {
	seen := map[string]bool{}
	rest := path[1:]
	for {
		segment, after, more := strings.Cut(rest, "/")
		if segment == "" && !more { // a slash at the end takes the whole subtree
			p.Segments = append(p.Segments, Segment{Rest: true})
			return nil
		}
		s, err := parseSegment(segment)
		switch {
		case err != nil:
			return err
		case (s.Rest || s.End) && more:
			return errors.New("wildcard for the rest is not at the end")
		case s.Text != "" && (s.Wild || s.Rest):
			if seen[s.Text] {
				return errors.New("wildcard name stands twice")
			}
			seen[s.Text] = true
		}
		p.Segments = append(p.Segments, s)
		if !more {
			return nil
		}
		rest = after
	}
}

func parseSegment(text string) (Segment, error) {
	brace := strings.IndexByte(text, '{')
	if text == "" {
		return Segment{Wild: true}, nil // "/a//b": the mux keeps wildcards under the empty name
	}
	if brace < 0 {
		if unescaped, err := url.PathUnescape(text); err == nil {
			text = unescaped
		}
		return Segment{Text: text}, nil
	}
	if brace > 0 || !strings.HasSuffix(text, "}") {
		return Segment{}, errors.New("wildcard is not a whole segment")
	}
	name := text[1 : len(text)-1]
	if name == "$" {
		return Segment{End: true}, nil
	}
	name, rest := strings.CutSuffix(name, "...")
	for i, r := range name {
		if !unicode.IsLetter(r) && r != '_' && (i == 0 || !unicode.IsDigit(r)) {
			return Segment{}, errors.New("bad wildcard name")
		}
	}
	if name == "" {
		return Segment{}, errors.New("empty wildcard")
	}
	return Segment{Text: name, Wild: !rest, Rest: rest}, nil
}

// Matches reports whether a request with that method, host and clean path is one
// that the pattern stands for.
func (p Pattern) Matches(method, host, path string) bool {
	if p.Method != "" && p.Method != method && (p.Method != "GET" || method != "HEAD") || p.Host != "" && p.Host != host {
		return false
	}
	rest := strings.TrimPrefix(path, "/")
	ended := path == ""
	for _, s := range p.Segments {
		segment, after, more := strings.Cut(rest, "/")
		switch {
		case s.Rest:
			return !ended
		case s.End:
			return !ended && rest == ""
		case ended || s.Wild && segment == "":
			return false
		case !s.Wild:
			if unescaped, err := url.PathUnescape(segment); err != nil || unescaped != s.Text {
				return false
			}
		}
		rest, ended = after, !more
	}
	return ended
}

// Everything reports whether the pattern stands for every request, of its hosts,
// that changes something.
func (p Pattern) Everything() bool {
	return (p.Method == "" || p.Method == "POST") && len(p.Segments) == 1 && p.Segments[0].Rest
}

// Subtree reports whether the pattern stands for every path below one, on any host,
// for a method that changes something.
func (p Pattern) Subtree() bool {
	return p.Host == "" && (p.Method == "" || p.Method == "POST") && len(p.Segments) > 1 && p.Segments[len(p.Segments)-1].Rest
}
