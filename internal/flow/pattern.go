package flow

import (
	"slices"
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

// joinPattern puts a pattern behind the prefix of its group. Parts such as
// go-restful's may leave out the slash between them.
func joinPattern(prefix, pattern string) string {
	if prefix != "" && pattern != "" && !strings.HasSuffix(prefix, "/") && strings.Trim(pattern, "/{:*<") != "" &&
		pattern[0] >= 'a' && pattern[0] <= 'z' {
		prefix += "/"
	}
	return strings.ReplaceAll(prefix+pattern, "//", "/")
}

// splitPattern takes the methods off a pattern: with the separator " ", as
// net/http's ServeMux has them, a word before the first space or tab
// (https://pkg.go.dev/net/http#hdr-Patterns); else a list with commas.
func splitPattern(methods []string, pattern, separator string) ([]string, string) {
	if separator != "space" {
		before, rest, found := strings.Cut(pattern, separator)
		if !found || strings.Contains(before, "/") || before == "" {
			return methods, pattern
		}
		return allMethods(before), rest
	}
	method, rest, found := strings.Cut(strings.ReplaceAll(pattern, "\t", " "), " ")
	if !found || method == "" {
		return methods, pattern
	}
	return []string{method}, strings.TrimLeft(rest, " ")
}

// allMethods are the methods in a list with commas; nil for all of them.
func allMethods(list string) []string {
	methods := strings.Split(strings.ToUpper(strings.ReplaceAll(list, " ", "")), ",")
	if slices.Contains(methods, "*") || slices.Contains(methods, "ALL") {
		return nil
	}
	return methods
}
