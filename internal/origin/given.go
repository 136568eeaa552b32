package origin

import (
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/ir"
)

// A program often wraps a library in a package of its own, and gives that the
// list. Such a configuration is the affair of the package that writes the list.

// configured returns where a configuration stands in this package: where the library
// gets it, or the call of another package's code that hands it on. ok is false
// if it is neither.
func (s *search) configured(event *flow.Event) (at flow.Site, ok bool) {
	if s.asked != nil || s.flow.InPackage(event.Named) {
		return event.Named, true
	}
	for _, call := range slices.Backward(event.Calls) {
		if s.flow.InPackage(call) {
			return call, true
		}
	}
	return flow.Site{}, false
}

// gives reports whether the function around a call writes an entry that another
// package's code puts into a list.
func gives(call flow.Site, entry string) bool {
	return slices.ContainsFunc(call.Func.Consts, func(c ir.Const) bool {
		return c.Kind == ir.StringConst && c.Text == entry
	})
}
