package refusal

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// beforeOthers returns the functions that routers are given to run before handlers: as
// their middleware, or in the list of a route, of which only the last one serves.
func (s *search) beforeOthers() map[*ssa.Function]bool {
	found := map[*ssa.Function]bool{}
	for _, row := range s.table.Rows() {
		list := ""
		switch row.Role {
		case "route.use", "route.group":
			list = row.Arg("middleware")
		case "route":
			list = row.Arg("handler")
		}
		position, isList := strings.CutSuffix(list, "..")
		if !isList {
			continue
		}
		for _, call := range s.trace.CallsOf(row.Symbol) {
			handlers := ssax.Variadic(ssax.Argument(call.Common(), position))
			if row.Role == "route" && len(handlers) > 0 {
				handlers = handlers[:len(handlers)-1]
			}
			s.addFunctions(found, handlers)
		}
	}
	return found
}

func (s *search) addFunctions(found map[*ssa.Function]bool, values []ssa.Value) {
	for _, v := range values {
		if v == nil {
			continue
		}
		for _, source := range s.trace.Of(v).Sources {
			if fn := function(source); fn != nil {
				found[fn] = true
			}
		}
	}
}
