package flow

import (
	"slices"

	"github.com/soplint/soplint/internal/ir"
)

// inProduction decides conditions that are about a setting which is on only
// where developers work: a switch with that name, or, for a name of the form
// name=value, a comparison with that value.
func (e *Engine) inProduction(cond *Value) (truth, decided bool) {
	if len(e.Development) == 0 || cond.Kind != Unknown {
		return false, false
	}
	switch {
	case len(cond.Elems) == 0:
		return false, cond.Type.Kind == ir.Bool && slices.Contains(e.Development, describe(cond))
	case cond.Path == "!":
		truth, decided = e.inProduction(cond.Elems[0])
		return !truth, decided
	case cond.Path == "==", cond.Path == "!=":
		for i, v := range cond.Elems {
			other := cond.Elems[1-i]
			if other.Kind == Str && other.Taint == 0 && slices.Contains(e.Development, describe(v)+"="+other.Text) {
				return cond.Path == "!=", true
			}
		}
	}
	return false, false
}
