package flow

import "strings"

// reach adds to reached the objects that can be reached from v.
func (h *heap) reach(v *Value, reached map[string]bool) { h.visit(v, reached, nil) }

// visit adds to reached the objects that can be reached from v without going
// through a value for which stop is true.
func (h *heap) visit(v *Value, reached map[string]bool, stop func(*Value) bool) {
	if v == nil || stop != nil && stop(v) {
		return
	}
	if (v.Kind == Pointer || v.Kind == Unknown) && v.Text != "" {
		h.visitObject(v.Text, reached, stop)
		if v.Kind == Unknown {
			h.visitBelow(v.Text+".", reached, stop)
		}
	}
	for _, e := range v.Elems {
		h.visit(e, reached, stop)
	}
}

func (h *heap) visitObject(name string, reached map[string]bool, stop func(*Value) bool) {
	o := h.object(name)
	if o == nil || reached[name] {
		return
	}
	reached[name] = true
	for _, cell := range o.cells {
		h.visit(cell, reached, stop)
	}
}

// visitBelow reaches what is known of the parts of something unknown.
func (h *heap) visitBelow(prefix string, reached map[string]bool, stop func(*Value) bool) {
	h.below(prefix, func(name string) { h.visitObject(name, reached, stop) })
}

// collect drops the objects that are not in reached.
func (h *heap) collect(reached map[string]bool) {
	var unreached []string
	for name := range h.objects.Scan {
		if !reached[name] {
			unreached = append(unreached, name)
		}
	}
	for _, name := range unreached {
		h.drop(name)
	}
}

// reachPermanent reaches what any code can: package variables, the response, and
// what routers hold.
func (h *heap) reachPermanent(reached map[string]bool) {
	for name, o := range h.objects.Scan {
		if strings.HasPrefix(name, globalPrefix) || strings.HasPrefix(name, routerPrefix) || name == responseObject || name == meantObject || name == requestObject || name == contextObject || name == stainsObject || o.made != nil {
			h.visitObject(name, reached, nil)
		}
	}
}
