package flow

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
)

// routerPrefix begins the names of the objects that hold what is known of a
// router: its prefix, the group it is in, and what it runs before handlers.
const routerPrefix = "@router:"

// A router is what became of one that handlers are registered with.
type router struct {
	bare    bool   // it was handed to somebody as it is
	holders []Step // handlers that captured it
	guards  []Step // protection that it was given to
	around  []Step // what other modelled libraries have put around it, innermost first
}

// routerOf returns the router that a call registers with: the argument that the row
// names, or what the method is called on; nil if there is none.
func routerOf(row *model.Row, c callee, args []*Value) *Value {
	if row.Arg("router") != "" {
		return at(args, row, "router")
	}
	if len(args) < len(c.args) {
		return c.args[0]
	}
	return nil
}

// restrict gives a router, or a route that is registered, the Content-Types of the
// bodies that it hands on.
func (m *machine) restrict(s *state, c callee, row *model.Row, args []*Value) {
	list := &Value{Kind: List, Elems: s.listArgument(row, args, "types")}
	if r := m.routes[c.args[0].Text]; r != nil {
		r.Types = textsOrUnknown(list)
		return
	}
	if c.args[0].Text != "" {
		s.heap.store(routerPrefix+c.args[0].Text, ".types", list)
	}
}

// codec gives a router one more Content-Type whose bodies it decodes for handlers.
func (m *machine) codec(s *state, c callee, row *model.Row, args []*Value) {
	name := routerPrefix + c.args[0].Text
	known := s.routerList(c.args[0].Text, codecs)
	s.heap.store(name, codecs, &Value{Kind: List, Elems: append(slices.Clip(known), at(args, row, "type"))})
	for _, r := range m.registered {
		if slices.Contains(r.routers, c.args[0].Text) && r.Row.Arg("codecs") != "" {
			r.Decodes = s.decodedBy(c.args[0].Text)
		}
	}
}

// decodedBy returns the kinds of bodies that a router with codecs decodes: one without
// a Content-Type if there is but one.
func (s *state) decodedBy(router string) []string {
	var kinds []string
	known := s.routerList(router, codecs)
	if len(known) == 1 {
		kinds = append(kinds, web.BodyKind(""))
	}
	for _, sent := range web.SimpleTypes {
		essence, _, _ := strings.Cut(sent, ";")
		if slices.ContainsFunc(known, func(v *Value) bool { return v.Kind == Str && strings.EqualFold(v.Text, essence) }) {
			kinds = append(kinds, web.BodyKind(sent))
		}
	}
	return kinds
}

// use records middleware of a router.
func (m *machine) use(s *state, site Site, c callee, row *model.Row, args []*Value) {
	m.armed(s.way)
	added := s.under(s.listArgument(row, args, "middleware"))
	router := c.args[0].Text
	list := afterRouting
	if row.Arg("early") != "" && s.routes(router) {
		list = beforeRouting
	}
	s.addToRouter(router, list, added)
	for _, step := range m.stepsIn(s, list, added) {
		if step.way != nil {
			m.perhaps[router] = append(m.perhaps[router], perhaps{step, site})
		}
		if step.Configured != nil {
			m.used[router] = append(m.used[router], step)
		}
	}
	if row.Arg("late") != "" {
		for _, r := range m.registered {
			if slices.Contains(r.routers, router) {
				r.Steps = append(r.Steps, m.stepsIn(s, list, added)...)
			}
		}
	}
	m.escapeAll(s, added)
}

// The lists of middleware that a router has, as cells of its object.
const (
	beforeRouting = ".pre"
	afterRouting  = ".use"
)

// codecs is the cell with the Content-Types of the codecs that a router has.
const codecs = ".codecs"

// routes reports whether a router looks at requests itself. A group without a
// prefix only adds to what runs before handlers.
func (s *state) routes(router string) bool {
	return s.routerText(router, ".in") == "" || s.routerText(router, ".prefix") != ""
}

// stepsIn are the functions among the values of a list.
func (m *machine) stepsIn(s *state, list string, values []*Value) []Step {
	steps := m.stepsOf(s, values)
	for i := range steps {
		steps[i].Early = list == beforeRouting
	}
	return steps
}

// override records that what a modelled library made of routers changes the
// methods of the requests that it hands to them.
func (m *machine) override(s *state, e *Event, args []*Value) {
	m.routersIn(s, args, true, func(name string, _ *router) {
		m.overriding[name] = append(m.overriding[name], Step{Configured: e, Early: true, Closure: Closure{key: e.Row.Symbol}})
	})
}

func (s *state) addToRouter(router, list string, added []*Value) {
	if router == "" || len(added) == 0 {
		return
	}
	all := slices.Clone(s.routerList(router, list))
	for _, v := range added {
		if !slices.ContainsFunc(all, v.same) { // in a loop it may be the same each time
			all = append(all, v)
		}
	}
	s.heap.store(routerPrefix+router, list, &Value{Kind: List, Elems: all})
}

// routers returns a router and those that it is a group of, innermost first.
func (s *state) routers(name string) []string {
	var chain []string
	for name != "" && !slices.Contains(chain, name) {
		chain = append(chain, name)
		name = s.routerText(name, ".in")
	}
	return chain
}

func (s *state) routerText(router, cell string) string {
	if v := s.heap.load(routerPrefix+router, cell); v != nil {
		return v.Text
	}
	return ""
}

func (s *state) routerList(router, list string) []*Value {
	if v := s.heap.load(routerPrefix+router, list); v != nil {
		return v.Elems
	}
	return nil
}

// wrap gives the routes of a router that is served by one handler only, which
// captured it, that handler as the step before all others, and before that the
// protection that the router is given to.
func (m *machine) wrap() {
	m.placeMounted()
	for _, r := range m.registered {
		for _, name := range r.routers {
			r.Steps = slices.Concat(m.overriding[name], r.Steps)
			at := m.routers[name]
			if at == nil {
				m.addPerhaps(r, name)
				continue
			}
			for _, step := range slices.Backward(at.around) {
				r.Around = append(r.Around, step)
			}
			m.addPerhaps(r, name)
			if holder := m.holderOf(at); holder != nil {
				r.Steps = append([]Step{*holder}, r.Steps...)
			}
			r.Steps = append(slices.Clone(at.guards), r.Steps...)
		}
		m.addConditional(r)
	}
}

// holderOf returns the handler that serves a router, which captured it; nil if that is
// served as it is, or by several. An object whose methods are handlers often has the
// router, too; but only what hands requests on is put around it.
func (m *machine) holderOf(at *router) *Step {
	if at.bare {
		return nil
	}
	var found *Step
	for i := range at.holders {
		switch {
		case !m.engine.mentions(at.holders[i].Name, "route.next"):
		case found != nil:
			return nil
		default:
			found = &at.holders[i]
		}
	}
	return found
}

// madeFunction returns the configuration with which a modelled library made the
// receiver of a method value whose code is not known: c.Handler, where c is what
// cors.New returned. It returns nil for other values.
func (m *machine) madeFunction(v *Value) *Event {
	if v.Kind != Function || !v.Open || len(v.Elems) == 0 || m.engine.Code.Func(v.Text) != nil {
		return nil
	}
	return v.Elems[0].Made
}

// around notes that a modelled library puts what it made around the routers
// among the arguments of a call.
func (m *machine) around(s *state, c callee) {
	if len(m.routers) == 0 {
		return
	}
	var made *Event
	switch {
	case c.value != nil && c.value.Made != nil:
		made = c.value.Made
	case c.value == nil && len(c.args) > 1:
		made = c.args[0].Made
	}
	if made != nil && !made.Protects() {
		m.routersIn(s, c.args, true, func(_ string, at *router) { at.around = append(at.around, Step{Configured: made}) })
	}
}

// addPerhaps gives a route what a library made for its router on another path: a
// setting may decide whether it is used.
func (m *machine) addPerhaps(r *Route, router string) {
	for _, step := range m.used[router] {
		at := step.Configured.Named
		there := func(other Step) bool { return other.Configured != nil && other.Configured.Named == at }
		if at.Func.Program() == r.Made.Func.Program() && at.Pos < r.Made.Pos && !slices.ContainsFunc(r.Steps, there) && !slices.ContainsFunc(r.Around, there) {
			r.Around = append(r.Around, step)
		}
	}
}

// handRouters notes the routers among values that are handed to somebody. One that an
// object has which is handed on is not: the object's own methods say what serves it.
func (m *machine) handRouters(values []*Value) {
	for _, v := range values {
		if at := m.routers[v.Text]; at != nil && v.Kind != Str {
			at.bare = true
		}
	}
}

// holdRouters notes the routers that a handler captured.
func (m *machine) holdRouters(s *state, holder *Closure) {
	fn := m.engine.Code.Func(holder.Name)
	serves := slices.ContainsFunc(fn.Params, func(p ir.Param) bool {
		return m.engine.Table.Find("request", fn.TypeOf(p.Type).Name) != nil
	})
	if serves {
		m.routersIn(s, holder.Bindings, false, func(name string, at *router) {
			if holder.Route != nil && slices.Contains(holder.Route.routers, name) {
				return // its own routes
			}
			at.holders = append(at.holders, Step{Closure: *holder, Early: true})
		})
	}
}

// routersIn calls found for each router that can be reached from values; unheld
// leaves out what functions captured.
func (m *machine) routersIn(s *state, values []*Value, unheld bool, found func(string, *router)) {
	if len(m.routers) == 0 {
		return
	}
	seen, reached := map[*router]bool{}, objects{}
	for _, v := range values {
		s.heap.visit(v, reached, func(v *Value) bool {
			if at := m.routers[v.Text]; at != nil && v.Kind != Str && !seen[at] {
				seen[at] = true
				found(v.Text, at)
			}
			return unheld && v.Kind == Function
		})
	}
}
