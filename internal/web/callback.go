package web

import "strings"

// NamesFunction reports whether a parameter of that name is one by which pages say
// which function an answer is to call (JSONP).
func NamesFunction(parameter string) bool {
	parameter = strings.ToLower(parameter)
	return strings.Contains(parameter, "callback") || NamesPadding(parameter) || parameter == "cb"
}

// NamesPadding reports whether a parameter of that name says by itself that data
// is wanted, and no library: those have parameters for a function, too.
func NamesPadding(parameter string) bool {
	parameter = strings.ToLower(parameter)
	return strings.Contains(parameter, "jsonp") || parameter == "jsoncallback"
}
