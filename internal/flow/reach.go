package flow

import "strings"

// objects is a set of them.
type objects map[*object]bool

// reach adds to reached the objects that can be reached from v.
func (h *heap) reach(v *Value, reached objects) { h.visit(v, reached, nil) }

// visit adds to reached the objects that can be reached from v without going
// through a value for which stop is true.
func (h *heap) visit(v *Value, reached objects, stop func(*Value) bool) {
	if v == nil || stop != nil && stop(v) {
		return
	}
	if (v.Kind == Pointer || v.Kind == Unknown) && v.Text != "" {
		if o := h.object(v.Text); o != nil {
			h.visitObject(o, reached, stop)
		}
		if v.Kind == Unknown {
			h.visitBelow(v.Text+".", reached, stop)
		}
	}
	for _, e := range v.Elems {
		h.visit(e, reached, stop)
	}
}

func (h *heap) visitObject(o *object, reached objects, stop func(*Value) bool) {
	if reached[o] {
		return
	}
	reached[o] = true
	for _, cell := range o.cells {
		h.visit(cell, reached, stop)
	}
}

// visitBelow reaches what is known of the parts of something unknown.
func (h *heap) visitBelow(prefix string, reached objects, stop func(*Value) bool) {
	h.below(prefix, func(o *object) { h.visitObject(o, reached, stop) })
}

// reachPermanent reaches what any code can, and what is in force.
func (h *heap) reachPermanent(reached objects) {
	for _, o := range h.objects.Scan {
		if o.permanent || o.made != nil {
			h.visitObject(o, reached, nil)
		}
	}
}

// isPermanent tells the names of what any code can reach: package variables, the
// response, and what routers hold.
func isPermanent(name string) bool {
	switch name {
	case responseObject, meantObject, requestObject, contextObject, stainsObject:
		return true
	}
	return strings.HasPrefix(name, globalPrefix) || strings.HasPrefix(name, routerPrefix)
}
