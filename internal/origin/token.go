package origin

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/flow"
)

// AsksForToken reports whether an event is of middleware that lets in only who sends
// a token that browsers do not send by themselves. It is taken to ask for one where
// it is not known what it asks for.
func AsksForToken(event *flow.Event) bool {
	return event != nil && event.Row.Role == "token.new" && !looksAtCookies(event)
}

// looksAtCookies reports whether such middleware looks for the token in a cookie, too,
// or has functions of the program's look for it, which may.
func looksAtCookies(event *flow.Event) bool {
	library := event.Row.Symbol[:strings.LastIndexByte(event.Row.Symbol, '.')+1]
	for _, finder := range elements(argument(event, event.Row.Arg("finders"))) {
		own, isLibrary := strings.CutPrefix(finder.Text, library)
		if finder.Kind == flow.Function && !(isLibrary && slices.Contains(event.Row.List("safe"), own)) {
			return true
		}
	}
	for _, options := range elements(argument(event, event.Row.Arg("options"))) {
		i := slices.Index(options.Fields, event.Row.Arg("lookup"))
		if i >= 0 && strings.Contains(options.Elems[i].Text, "cookie:") {
			return true
		}
	}
	return false
}

// elements returns the values of a list, or the one value.
func elements(v *flow.Value) []*flow.Value {
	switch {
	case v == nil:
		return nil
	case v.Kind == flow.List:
		return v.Elems
	}
	return []*flow.Value{v}
}
