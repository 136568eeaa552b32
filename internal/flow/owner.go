package flow

import (
	"maps"
	"slices"
)

// A crossing is where the code on the way to a place changes to another package.
type crossing struct {
	path   string   // of the package
	handed []string // paths of the packages of the functions and implementations that it is handed there
}

// packages returns the packages whose code led here, innermost first.
func (s *state) packages() []crossing {
	var crossings []crossing
	for f := s.top; f != nil; f = f.up {
		path := f.fn.Program().Path
		if len(crossings) == 0 || crossings[len(crossings)-1].path != path {
			crossings = append(crossings, crossing{path: path})
		}
		crossings[len(crossings)-1].handed = f.handed
	}
	return crossings
}

// crosses notes, of a call of another package, what the callee is handed.
func (m *machine) crosses(s *state, f *frame, args []*Value) {
	if !m.engine.EveryRoute || s.top == nil || s.top.fn.Program() == f.fn.Program() {
		return
	}
	found, reached := map[string]bool{}, objects{}
	for _, arg := range args {
		s.heap.visit(arg, reached, func(v *Value) bool {
			if v.Kind == Function {
				found[packageOf(v.Text)] = true
			}
			if v.Dynamic != "" {
				found[packageOf(v.Dynamic)] = true
			}
			return false
		})
	}
	f.handed = slices.Sorted(maps.Keys(found))
}

// Owner returns the path of the package whose report a route is that serves a
// handler: the innermost one on the way to the registration that can know all of the
// code of the handler, and what it captured, and was not handed the functions at its
// core by those who call it. below tells the packages that one imports, directly or
// not.
func (r *Route) Owner(handler *Closure, core []string, below func(path string) map[string]bool) string {
	all := handler.Packages()
	for _, at := range r.within {
		known := below(at.path)
		unknown := func(path string) bool { return !known[path] }
		isHanded := func(function string) bool {
			path := packageOf(function)
			return path != at.path && slices.Contains(at.handed, path)
		}
		if !slices.ContainsFunc(all, unknown) && !slices.ContainsFunc(core, isHanded) {
			return at.path
		}
	}
	return r.within[len(r.within)-1].path
}
