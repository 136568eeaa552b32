package effect

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// minorArguments says why what a call stores is bookkeeping: by the names of
// the columns and types, and what is written there.
func (r *Result) minorArguments(n *node, s *spec, args []ssa.Value, strong bool) string {
	if s.column >= 0 && s.column < len(args) {
		if text, _ := r.text(n, args[s.column], 0); text != "" {
			if minor := writtenColumn(text); minor != "" {
				return minor
			}
		}
	}
	if s.written >= 0 && s.written < len(args) {
		if minor := r.minorWritten(n, args[s.written]); minor != "" {
			return minor
		}
	}
	if s.kind != Database && s.kind != Store {
		return ""
	}
	for _, arg := range args {
		if minor := storedType(arg, strong); minor != "" {
			return minor
		}
	}
	if s.kind == Store && len(args) > 0 {
		return r.minorKey(n, s.valuesOf(args), strong)
	}
	if len(args) > 0 {
		return r.minorChain(n, args[0], strong)
	}
	return ""
}

// minorKey says why what is stored under a key is bookkeeping, by the words of
// the key's constant part.
func (r *Result) minorKey(n *node, values []ssa.Value, strong bool) string {
	for _, v := range values {
		text, _ := r.text(n, v, 0)
		if text == "" {
			continue
		}
		for _, word := range web.Words(text) {
			if minor := storedThing(word, strong); minor != "" {
				return minor
			}
		}
		return ""
	}
	return ""
}

// minorChain looks at the models and tables that the calls of a chain name.
func (r *Result) minorChain(n *node, receiver ssa.Value, strong bool) string {
	for range 12 {
		built, ok := single(receiver).(*ssa.Call)
		if !ok {
			return ""
		}
		args := arguments(&built.Call)
		if len(args) == 0 {
			return ""
		}
		for _, arg := range args[1:] {
			if minor := storedType(arg, strong); minor != "" {
				return minor
			}
		}
		if target := r.calleeOf(n, &built.Call); target != nil && target.table >= 0 && target.table < len(args) {
			text, _ := r.text(n, args[target.table], 0)
			return storedThing(text, strong)
		}
		receiver = args[0]
	}
	return ""
}

// storedType says why a record is bookkeeping, by the name of its type.
func storedType(v ssa.Value, strong bool) string {
	made, ok := v.(*ssa.MakeInterface)
	if !ok {
		return ""
	}
	name := ssax.TypeName(made.X.Type())
	return storedThing(name[strings.LastIndexByte(name, '.')+1:], strong)
}

// minorWritten says why a written value is bookkeeping: the time that it is, an
// increment, or a map all of whose keys are.
func (r *Result) minorWritten(n *node, v ssa.Value) string {
	value := single(v)
	if made, ok := value.(*ssa.MakeMap); ok {
		return r.minorMap(n, made)
	}
	if call, ok := value.(*ssa.Call); ok {
		if text, _ := r.builtText(n, call, 0); isIncrement(text) && r.trace(n, call.Call.Args...).from == 0 {
			return "counter"
		}
	}
	if t := r.trace(n, v); t.from == 0 && t.origin == "time" {
		return "last seen"
	}
	return ""
}

// isIncrement understands expressions such as "views + ?".
func isIncrement(text string) bool {
	list := sqlWords(text)
	return len(list) == 3 && (list[1] == "+" || list[1] == "-") && isWord(list[0])
}

func (r *Result) minorMap(n *node, made *ssa.MakeMap) string {
	minor := ""
	for _, ref := range *made.Referrers() {
		update, ok := ref.(*ssa.MapUpdate)
		if !ok || update.Map != made {
			continue
		}
		key, _ := r.text(n, update.Key, 0)
		one := writtenColumn(key)
		switch key {
		case "$inc":
			one = "counter"
		case "$set", "$setOnInsert", "$currentDate":
			one = r.minorWritten(n, update.Value)
		}
		if one == "" {
			one = r.minorWritten(n, update.Value)
		}
		if one == "" {
			return ""
		}
		minor = one
	}
	return minor
}

// pairTemporaryFiles marks what a function writes and removes again when it is
// left.
func (n *node) pairTemporaryFiles() {
	for _, s := range n.sites {
		removal, ok := s.instr.(*ssa.Defer)
		if !ok || s.change.Kind != Files || len(removal.Call.Args) == 0 {
			continue
		}
		for i := range n.sites {
			other := &n.sites[i].change
			call, ok := n.sites[i].instr.(ssa.CallInstruction)
			if ok && other.Kind == Files && len(call.Common().Args) > 0 && samePlace(call.Common().Args[0], removal.Call.Args[0]) {
				other.Minor = "temporary file"
			}
		}
	}
}
