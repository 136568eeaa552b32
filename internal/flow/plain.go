package flow

import (
	"maps"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// IsPlain reports whether nothing tells the root from the function as it is declared
// but what package variables hold.
func (r *Root) IsPlain() bool {
	if len(r.Args)+len(r.Bindings) > 0 || r.predicate {
		return false
	}
	if r.memory == nil {
		return true
	}
	for object := range r.memory.objects.Scan {
		if isSituation(object) {
			return false
		}
	}
	return true
}

// isSituation reports whether an object is about the way that was taken, and the
// request, and not about what variables hold.
func isSituation(object string) bool {
	return strings.HasPrefix(object, "@") || strings.HasPrefix(object, routerPrefix)
}

// Finds reports whether one of those package variables, whose names are sorted, may hold
// another value where a request enters than from the start.
func (r *Root) Finds(variables []string) bool {
	if r.memory == nil {
		return false
	}
	for object := range r.memory.objects.Scan {
		name, isGlobal := strings.CutPrefix(object, globalPrefix)
		if !isGlobal {
			continue
		}
		for ; ; name = name[:max(strings.LastIndexByte(name, '.'), 0)] {
			if _, found := slices.BinarySearch(variables, name); found {
				return true
			}
			if name == "" {
				break
			}
		}
	}
	return false
}

// Variables returns the package variables that the code of functions names, and those
// that the initial values of such name, sorted.
func (p *Package) Variables(functions map[string]bool) []string {
	found := map[string]bool{}
	for name := range functions {
		p.addVariables(p.Func(name), found)
	}
	return slices.Sorted(maps.Keys(found))
}

func (p *Package) addVariables(code *ir.Func, found map[string]bool) {
	if code == nil {
		return
	}
	for _, c := range code.Consts {
		if c.Kind == ir.GlobalConst && !found[c.Text] {
			found[c.Text] = true
			p.addVariables(p.Global(c.Text), found)
		}
	}
}
