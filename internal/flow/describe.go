package flow

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// describe names what an unknown condition is about, as the source does:
// cfg.AllowAll, origins, isDev. It returns "" for what has no name.
func describe(v *Value) string {
	switch {
	case v.Kind != Unknown:
		return ""
	case v.Taint&Address != 0:
		return "the client's address"
	}
	for _, e := range v.Elems {
		if e.Path == emptyByDefault {
			return describe(e)
		}
	}
	for _, e := range v.Elems {
		if text := describe(e); text != "" {
			return text
		}
	}
	if name := sourceName(v.Text); name != "" {
		return name
	}
	return v.Label
}

// quote writes what the request is compared with as the source can have it. The
// host that the replay made up for the server is r.Host there.
func (m *machine) quote(text string) string {
	before, after, found := strings.Cut(text, m.request.Host)
	if m.request.Host == "" || !found || ofHost(before, true) || ofHost(after, false) {
		return strconv.Quote(text)
	}
	parts := []string{"r.Host"}
	if before != "" {
		parts = slices.Insert(parts, 0, strconv.Quote(before))
	}
	if after != "" {
		parts = append(parts, strconv.Quote(after))
	}
	return strings.Join(parts, "+")
}

// ofHost reports whether the text beside a host makes it part of a longer one.
func ofHost(text string, before bool) bool {
	if text == "" {
		return false
	}
	beside := text[0]
	if before {
		beside = text[len(text)-1]
	}
	return beside == '-' || beside == '.' || beside >= '0' && beside <= '9' || beside >= 'a' && beside <= 'z'
}

func sourceName(name string) string {
	name = strings.TrimSuffix(name, "#len")
	name, _, _ = strings.Cut(name, "{")
	name = strings.TrimRight(name, "*")
	switch {
	case strings.HasPrefix(name, "p:"), strings.HasPrefix(name, settingPrefix):
		return name[2:]
	case strings.HasPrefix(name, cellPrefix):
		if name = name[strings.LastIndexByte(name, '.')+1:]; token.IsIdentifier(name) {
			return name
		}
		return ""
	case strings.HasPrefix(name, "f:"):
		return name[strings.LastIndexByte(name, ':')+1:]
	case strings.HasPrefix(name, globalPrefix):
		return name[max(strings.LastIndexByte(name, '/')+1, len(globalPrefix)):]
	}
	return ""
}

// aboutEmpty reports whether a condition asks if a list or a text is empty.
func aboutEmpty(v *Value) bool {
	if len(v.Elems) != 2 {
		return len(v.Elems) == 1 && aboutEmpty(v.Elems[0])
	}
	for i, e := range v.Elems {
		other := v.Elems[1-i]
		if strings.HasSuffix(other.Text, "#len") && other.Kind == Unknown {
			return e.Kind == Int && (e.Int == 0 || e.Int == 1 && v.Path != "==" && v.Path != "!=")
		}
		switch other.Type.Kind {
		case ir.String, ir.Strings, ir.Slices, ir.Map:
			if isEmpty(e) {
				return true
			}
		}
	}
	return false
}

// emptyIfTrue reports whether what a condition about emptiness asks about is empty
// where the condition is true: len(x) == 0, len(x) < 1, 0 >= len(x).
func emptyIfTrue(v *Value) bool {
	constantFirst := len(v.Elems) == 2 && v.Elems[0].Known()
	switch v.Path {
	case "==":
		return true
	case "<", "<=":
		return !constantFirst
	case ">", ">=":
		return constantFirst
	}
	return false
}

// aboutNil returns the name of the type whose pointer a condition compares with
// nil, "" if it asks anything else.
func aboutNil(v *Value) string {
	if len(v.Elems) == 1 {
		return aboutNil(v.Elems[0])
	}
	for i, e := range v.Elems {
		if len(v.Elems) != 2 {
			break
		}
		if other := v.Elems[1-i]; e.Kind == Nil && other.Type.Kind == ir.Pointer {
			return other.Type.Name
		}
	}
	return ""
}

// aboutWildcard reports whether a condition asks if something is "*".
func aboutWildcard(v *Value) bool {
	for _, e := range v.Elems {
		if e.Kind == Str && e.Text == "*" || aboutWildcard(e) {
			return true
		}
	}
	return false
}
