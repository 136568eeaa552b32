package origin

import (
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
	"github.com/soplint/soplint/internal/wsconfig"
)

// A socketReader reads the configuration of a WebSocket library from the values
// that a program builds (libraries/ws-gorilla.model describes the rows).
type socketReader struct {
	engine *flow.Engine
	event  *flow.Event

	config   wsconfig.Config
	known    bool
	sites    map[string]*flow.Site // where a part was given
	made     *flow.Site            // where the options were built
	literals map[string]bool       // constants that predicates compare with
	accepted *verdict              // of the last predicate that was asked and accepts
	filters  []func(origin string) bool

	overwritten *flow.Value // what the program has put in place of the Origin, where that is to blame
}

func newSocketReader(engine *flow.Engine, event *flow.Event) *socketReader {
	return &socketReader{
		engine: engine, event: event, known: true,
		sites: map[string]*flow.Site{}, literals: map[string]bool{},
	}
}

// readUpgrade reads what an upgrade event is configured with.
func readUpgrade(engine *flow.Engine, event *flow.Event) *socketReader {
	r := newSocketReader(engine, event)
	r.constants(event.Row)
	if where := event.Row.Arg("where"); where != "" {
		v := argument(event, where)
		r.known = v != nil && v.Kind != flow.Nil
	}
	if patterns := event.Row.Arg("arg.patterns"); patterns != "" {
		if v := argument(event, patterns); v != nil {
			r.patterns(v)
		}
	}
	if options := event.Row.Arg("arg.options"); options != "" {
		r.options(argument(event, options))
	}
	spec := event.Row.Arg("options")
	switch {
	case spec == "" || spec == "convert" || spec == "param":
	case strings.HasPrefix(spec, "variadic:"):
		r.list(argument(event, strings.TrimPrefix(spec, "variadic:")))
	default:
		v := argument(event, spec)
		r.options(v)
		if v != nil && v.Kind == flow.Struct {
			r.made = v.Set
		}
	}
	return r
}

// argument returns the argument of an event at a position as rows give it.
func argument(event *flow.Event, position string) *flow.Value {
	args := event.Args
	if strings.HasPrefix(event.Row.Symbol, "(") && position != "recv" && len(args) > 0 {
		args = args[1:]
	}
	if position == "recv" || position == "literal" {
		position = "0"
	}
	i, err := strconv.Atoi(position)
	if err != nil || i >= len(args) {
		return nil
	}
	return args[i]
}

func (r *socketReader) list(v *flow.Value) {
	if v == nil || v.Kind != flow.List && v.Kind != flow.Nil {
		r.known = false
		return
	}
	for _, option := range v.Elems {
		r.options(option)
	}
}

// options reads an options struct; what is not known of it leaves the whole
// unknown.
func (r *socketReader) options(v *flow.Value) {
	switch {
	case v == nil:
		r.known = false
	case v.Kind == flow.Nil:
	case v.Kind == flow.List: // a variadic parameter of structs: the first counts
		if len(v.Elems) > 0 {
			r.options(v.Elems[0])
		}
	case v.Kind == flow.Struct:
		r.structure(v)
	default:
		r.known = false
	}
}

func (r *socketReader) structure(v *flow.Value) {
	found := false
	for i, field := range v.Fields {
		row := flow.PartRow(r.engine.Table, field)
		switch {
		case row != nil && !strings.HasPrefix(row.Role, "ws."):
			continue
		case row == nil:
			if row = r.fieldRow(field); row == nil {
				continue
			}
			r.part(row, v.Elems[i])
		case strings.HasSuffix(row.Role, ".preset"):
			r.constants(row)
		default:
			r.part(row, v.Elems[i])
		}
		found = true
	}
	if v.Open && !found {
		r.known = false
	}
}

func (r *socketReader) fieldRow(field string) *model.Row {
	return rowOfField(r.engine.Table, "ws.field", r.event.Row, field)
}

// rowOfField finds the row of a field of options by the field's own name: among
// those of the package that the event's row is about, or else of the same file
// of models.
func rowOfField(table *model.Table, role string, event *model.Row, field string) *model.Row {
	var found *model.Row
	pkg := packageOf(event.Symbol)
	for _, row := range table.Rows() {
		if row.Role != role || !strings.HasSuffix(row.Symbol, "."+field) {
			continue
		}
		if packageOf(row.Symbol) == pkg {
			return row
		}
		if sameModule(packageOf(row.Symbol), pkg) && found == nil {
			found = row
		}
	}
	return found
}

// sameModule reports whether two packages share the host, owner and name that
// module paths begin with.
func sameModule(a, b string) bool {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	for i := range 3 {
		if i >= len(x) || i >= len(y) || x[i] != y[i] {
			return i > 0 && (i >= len(x) || i >= len(y))
		}
	}
	return true
}

func (r *socketReader) constants(row *model.Row) {
	if row.Arg("check") == "any" {
		r.config.CheckSet = true
		r.config.Check = func(string) bool { return true }
	}
	if name := row.Arg("switch"); name != "" {
		r.set(name, true)
	}
}

func (r *socketReader) set(name string, on bool) {
	if r.config.Options == nil {
		r.config.Options = map[string]bool{}
	}
	r.config.Options[name] = on
}

// part applies the value that the program gives a part.
func (r *socketReader) part(row *model.Row, v *flow.Value) {
	part := row.Arg("is")
	if v.Set != nil {
		r.sites[part] = v.Set
	}
	switch part {
	case "check":
		if v.Kind == flow.Nil {
			r.config.CheckSet, r.config.Check = false, nil
			return
		}
		r.config.CheckSet = true
		r.config.Check = func(origin string) bool { return r.accepts(row, v, origin) }
	case "filter":
		if v.Kind != flow.Nil {
			r.filters = append(r.filters, func(origin string) bool { return r.accepts(row, v, origin) })
		}
	case "patterns":
		r.patterns(v)
	case "origin":
		r.origin(v)
	case "insecure":
		r.config.Insecure = v.True()
		r.known = r.known && v.Kind != flow.Unknown
	case "switch":
		r.set(switchName(row), v.True() || v.Kind == flow.Int && v.Int != 0)
	case "handler":
		r.known = r.known && v.Kind == flow.Nil
	case "options":
		r.options(v)
	case "upgrader":
		r.upgrader(row, v)
	}
}

func (r *socketReader) patterns(v *flow.Value) {
	r.config.PatternsSet = v.Kind != flow.Nil
	r.config.Patterns = nil
	switch v.Kind {
	case flow.Str:
		r.config.Patterns = []string{v.Text}
	case flow.List:
		for _, e := range v.Elems {
			if e.Kind == flow.Str {
				r.config.Patterns = append(r.config.Patterns, e.Text)
			} else {
				r.config.Patterns = append(r.config.Patterns, outside)
			}
		}
	case flow.Nil:
	default:
		r.config.Patterns = []string{outside}
	}
}

// origin reads what may be one origin, or true for all of them. In a list, a
// star may be no more than a text. What else it may be is not known.
func (r *socketReader) origin(v *flow.Value) {
	switch v.Kind {
	case flow.Str, flow.Nil:
		r.patterns(v)
	case flow.Bool:
		r.config.PatternsSet = true
		if v.True() {
			r.config.Patterns = []string{"*"}
		}
	default:
		r.known = false
	}
	if site := r.sites["origin"]; site != nil {
		r.sites["patterns"] = site
	}
}

// upgrader reads the options of another library that decide in place of these.
func (r *socketReader) upgrader(row *model.Row, v *flow.Value) {
	if v.Kind == flow.Nil || v.Kind == flow.Struct && len(v.Fields) == 0 && v.Set == nil && r.config.CheckSet {
		return // not set, or left as the library made it
	}
	event := *r.event
	event.Row = libraryRow(r.engine.Table, row.Arg("library"))
	if event.Row == nil {
		r.known = false
		return
	}
	inner := newSocketReader(r.engine, &event)
	inner.options(v)
	r.known = r.known && inner.known
	r.config.Upgrader = &wsconfig.Upgrader{Library: row.Arg("library"), Config: inner.config}
	if site := inner.sites["check"]; site != nil {
		r.sites["check"] = site
	}
}

// libraryRow returns the first upgrade row of a library.
func libraryRow(table *model.Table, library string) *model.Row {
	for _, row := range table.Rows() {
		if row.Role == "ws.upgrade" && row.Arg("library") == library {
			return row
		}
	}
	return nil
}

// accepts asks a predicate about a request with that origin. What it compares
// with may be the server's own name. One whose code is not known is taken to
// refuse.
func (r *socketReader) accepts(row *model.Row, fn *flow.Value, origin string) bool {
	verdict := r.ask(row, fn, origin, web.Host)
	for _, host := range r.hosts(fn) {
		if verdict == nil {
			verdict = r.ask(row, fn, origin, host)
		}
	}
	if verdict != nil {
		r.accepted = verdict
	}
	return verdict != nil
}

func (r *socketReader) ask(row *model.Row, fn *flow.Value, origin, host string) *verdict {
	args := make([]*flow.Value, 4)
	for name, v := range map[string]*flow.Value{
		"key": flow.String("Origin"), "value": flow.FromRequest(origin), "host": flow.String(host), "uri": flow.FromPage("request.uri"),
	} {
		if i, err := strconv.Atoi(row.Arg(name)); err == nil {
			args[i] = v
		}
	}
	run := r.engine.Ask(r.event, fn, args, handshake(origin, host))
	if run == nil {
		return nil
	}
	for _, l := range run.Literals {
		r.literals[l] = true
	}
	return judged(run, func(results []*flow.Value) bool { return agrees(row.Arg("result"), results) })
}

// hosts returns the constants of a predicate that can be the name that the
// server has on the web.
func (r *socketReader) hosts(fn *flow.Value) []string {
	if fn.Kind != flow.Function {
		return nil
	}
	code := r.engine.Code.Func(fn.Text)
	if code == nil {
		return nil
	}
	var hosts []string
	for _, c := range code.Consts {
		if c.Kind == ir.StringConst && web.IsOrigin("https://"+c.Text) {
			hosts = append(hosts, c.Text)
		}
	}
	return hosts
}

// agrees reports whether results of a predicate, of the form that its row
// names, accept.
func agrees(form string, results []*flow.Value) bool {
	if len(results) == 0 {
		return false
	}
	last := results[len(results)-1]
	switch form {
	case "bool":
		return results[0].True()
	case "!bool":
		return results[0].Kind == flow.Bool && !results[0].True()
	case "error", "_,error":
		return last.Kind == flow.Nil
	}
	return false
}

// lets reports whether the library, so configured, opens a connection for that
// origin.
func (r *socketReader) lets(library *wsconfig.Library, version, origin string) bool {
	r.accepted = nil
	if !r.known {
		return false
	}
	for _, filter := range r.filters {
		if !filter(origin) {
			return false
		}
	}
	return library.Accepts(version, r.config, origin, web.Host)
}
