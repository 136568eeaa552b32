package flow

import (
	"strconv"
	"strings"
)

// patternText is a pattern as far as it is known.
func patternText(v *Value) string {
	switch {
	case v == nil:
		return ""
	case v.Kind == Str:
		return v.Text
	case v.Path == "+" && len(v.Elems) == 2:
		return strings.ReplaceAll(patternText(v.Elems[0])+patternText(v.Elems[1]), "……", "…")
	}
	return "…"
}

func methodsOf(spec string, args []*Value) []string {
	i, err := strconv.Atoi(spec)
	if err != nil {
		return []string{spec}
	}
	if i < len(args) {
		return textsOrUnknown(args[i])
	}
	return nil
}

// textsOrUnknown are the methods that a value names.
func textsOrUnknown(v *Value) []string {
	if methods := texts(v); methods != nil {
		return methods
	}
	return []string{UnknownMethod}
}

// texts returns the known strings of a list, or the one that v is, in upper
// case; nil where one is not known.
func texts(v *Value) []string {
	if v == nil {
		return nil
	}
	if v.Kind == Str {
		return []string{strings.ToUpper(v.Text)}
	}
	var list []string
	for _, e := range v.Elems {
		if e.Kind != Str {
			return nil
		}
		list = append(list, strings.ToUpper(e.Text))
	}
	return list
}

// splitPattern takes the method off a pattern of net/http's ServeMux: a word
// before the first space or tab (https://pkg.go.dev/net/http#hdr-Patterns).
func splitPattern(methods []string, pattern string) ([]string, string) {
	method, rest, found := strings.Cut(strings.ReplaceAll(pattern, "\t", " "), " ")
	if !found || method == "" {
		return methods, pattern
	}
	return []string{method}, strings.TrimLeft(rest, " ")
}
