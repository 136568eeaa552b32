package flow

import "strings"

// describe names what an unknown condition is about, as the source does:
// cfg.AllowAll, origins, isDev. It returns "" for what has no name.
func describe(v *Value) string {
	if v.Kind != Unknown {
		return ""
	}
	for _, e := range v.Elems {
		if text := describe(e); text != "" {
			return text
		}
	}
	return sourceName(v.Text)
}

func sourceName(name string) string {
	name = strings.TrimSuffix(name, "#len")
	name = strings.TrimRight(name, "*")
	switch {
	case strings.HasPrefix(name, "p:"):
		return name[2:]
	case strings.HasPrefix(name, "f:"):
		return name[strings.LastIndexByte(name, ':')+1:]
	case strings.HasPrefix(name, globalPrefix):
		return name[strings.LastIndexByte(name, '/')+1:]
	}
	return ""
}

// aboutEmpty reports whether a condition asks if something is there at all.
func aboutEmpty(v *Value) bool {
	for _, e := range v.Elems {
		if isEmpty(e) || strings.HasSuffix(e.Text, "#len") || aboutEmpty(e) {
			return true
		}
	}
	return false
}
