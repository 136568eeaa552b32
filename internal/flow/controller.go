package flow

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/model"
)

// registerTable records the routes of a list of structs, or of one, that say by
// their fields what is served, and how.
func (m *machine) registerTable(s *state, row *model.Row, args []*Value, of *Route) {
	entries := at(args, row, "table")
	if entries == nil {
		return
	}
	whole := s.whole(entries, 0)
	list := []*Value{whole}
	if whole.Kind == List {
		list = whole.Elems
	}
	for _, entry := range list {
		r := *of
		if entry.Kind != Struct {
			m.leaveOpen(&r, []*Value{entry})
			continue
		}
		r.Pattern = joinPattern(r.Pattern, fieldPattern(entry, row.Arg("table.pattern")))
		r.Methods = fieldMethods(entry, row.Arg("table.method"))
		r.Steps = append(slices.Clip(r.Steps), m.stepsOf(s, s.listElements(fieldOr(entry, row.Arg("table.middleware"))))...)
		if secured := row.Arg("table.secured"); secured != "" && entry.field(secured) != nil {
			r.Decodes = nil // what asks for the proof may be anywhere
		}
		if v := entry.field(row.Arg("table.pattern")); v != nil && v.Set != nil && v.Set.Func.Program().Path == m.engine.Home {
			r.Site = *v.Set
		}
		handler := entry.field(row.Arg("table.handler"))
		if row.Arg("handler") != "" {
			handler = at(args, row, "handler")
		}
		if handler == nil {
			handler = nilValue
		}
		m.add(s, &r, []*Value{handler})
	}
}

// registerMethods records the routes of a map that serves by method, if that is what is
// registered.
func (m *machine) registerMethods(s *state, of *Route, handlers []*Value) bool {
	if len(handlers) != 1 || handlers[0].Kind != Pointer || m.engine.Table.Find("handler.methods", handlers[0].Dynamic) == nil {
		return false
	}
	for _, method := range s.heap.entries(handlers[0].Text) {
		r := *of
		r.Methods = []string{method}
		m.add(s, &r, []*Value{s.heap.load(handlers[0].Text, "{"+method+"}")})
	}
	return true
}

func fieldPattern(entry *Value, name string) string {
	if v := entry.field(name); v != nil {
		return patternText(v)
	}
	return ""
}

func fieldMethods(entry *Value, name string) []string {
	return textsOrUnknown(fieldOr(entry, name))
}

// fieldOr returns the value of a field, the unknown one if there is none.
func fieldOr(entry *Value, name string) *Value {
	if v := entry.field(name); v != nil {
		return v
	}
	return noValue
}

// registerController records the routes of an object whose methods are served:
// those that a specification such as "get:Show;post:Save" names, or without one
// those that have the names of HTTP methods.
func (m *machine) registerController(s *state, row *model.Row, args []*Value, of *Route) {
	object := at(args, row, "controller")
	if object == nil {
		return
	}
	if object.Dynamic == "" {
		m.leaveOpen(of, []*Value{object})
		return
	}
	receiver := *object
	receiver.Dynamic, receiver.key = "", ""
	for name, methods := range m.served(s, row, object.Dynamic, args) {
		method := &Value{Kind: Function, Text: "(" + object.Dynamic + ")." + name, Elems: []*Value{&receiver}, Open: true}
		if m.engine.Code.Func(method.Text) == nil && len(s.listArgument(row, args, "methods")) == 0 {
			continue // what the library's own controller does
		}
		r := *of
		if methods != nil || row.Arg("method") == "" {
			r.Methods = methods
		}
		if suffix := row.Arg("auto"); suffix != "" {
			r.Pattern = joinPattern(r.Pattern, autoPath(object.Dynamic, suffix, name))
		}
		m.add(s, &r, []*Value{method})
	}
}

// autoPath is the path under which a controller's method is served that nothing but
// its name says a path of.
func autoPath(dynamic, suffix, method string) string {
	name := strings.TrimSuffix(dynamic[strings.LastIndexByte(dynamic, '.')+1:], suffix)
	return "/" + strings.ToLower(name) + "/" + strings.ToLower(method)
}

// takes reports whether a method has as many parameters as the row wants, the receiver
// left out.
func (m *machine) takes(row *model.Row, method string) bool {
	fn := m.engine.Code.Func(method)
	return row.Arg("params") == "" || fn != nil && strconv.Itoa(len(fn.Params)-1) == row.Arg("params")
}

// served yields the names of the methods of a controller that are served, and
// the HTTP methods that reach each, in a fixed order.
func (m *machine) served(s *state, row *model.Row, dynamic string, args []*Value) func(yield func(string, []string) bool) {
	specs := s.listArgument(row, args, "methods")
	return func(yield func(string, []string) bool) {
		if row.Arg("auto") != "" || row.Arg("params") != "" {
			for _, name := range m.engine.Code.Methods(dynamic) {
				if m.takes(row, "("+dynamic+")."+name) && !slices.Contains(row.List("except"), name) && !yield(name, nil) {
					return
				}
			}
			return
		}
		if len(specs) == 0 {
			for _, name := range restMethods {
				if !yield(name, []string{strings.ToUpper(name)}) {
					return
				}
			}
			return
		}
		for _, spec := range specs {
			for part := range strings.SplitSeq(patternText(spec), ";") {
				methods, name, found := strings.Cut(part, ":")
				if found && !yield(strings.TrimSpace(name), allMethods(methods)) {
					return
				}
			}
		}
	}
}

// restMethods are the methods of controllers that serve the HTTP method of that
// name.
var restMethods = []string{"Delete", "Get", "Head", "Options", "Patch", "Post", "Put"}

// Methods implements [Code].
func (p *Package) Methods(dynamic string) []string {
	var names []string
	note := func(fn string) {
		if name, isMethod := strings.CutPrefix(fn, "("+dynamic+")."); isMethod && token.IsExported(name) && !strings.Contains(name, "$") {
			names = append(names, name)
		}
	}
	for fn := range p.byName {
		note(fn)
	}
	if code := p.imported[packageOf(strings.TrimPrefix(dynamic, "*"))]; code != nil {
		for fn := range code.Program.Funcs {
			note(fn)
		}
	}
	slices.Sort(names)
	return names
}
