package effect

import (
	"go/types"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// A spec is what a row says of the effect of calling a function. Arguments are
// numbered with the receiver as 0, where there is one; -1 is none.
type spec struct {
	kind      Kind
	strong    bool
	minor     string
	reads     bool // a change only if the text says so
	chain     bool // what built the receiver counts
	sql       int
	command   int
	request   int
	process   int
	flags     int
	signal    int
	code      int
	column    int
	written   int
	expiry    int
	target    int
	values    []int // nil for all arguments but the receiver
	valueFrom int   // all from this on, -1 for none
}

// A callback is a function that calls one of its arguments before it returns,
// or in the background.
type callback struct {
	function   int
	background bool
	minor      string
}

// A program is what a row says of a program that is executed.
type program struct {
	reads, changes []string // words among its arguments; "*" is any
}

// A library is the rows, read once.
type library struct {
	effects   map[string]*spec
	shapes    map[string][]shape   // by the name of the method
	callbacks map[string]*callback // effect.calls
	texts     map[string]int       // effect.text and effect.request: the argument whose text the result carries
	tables    map[string]int       // effect.table: the argument that names what is worked on
	processes map[string]int       // effect.process: the argument that is the program
	sources   map[string]string    // effect.source
	programs  map[string]program
	commands  map[string]string  // effect.command: "reads" or "strong"
	receivers map[qualified]bool // types that have methods with effects
	ent       map[string]*spec   // effect.ent, by what the names of the types end in
}

// A qualified name is that of a type.
type qualified struct{ path, name string }

// A shape is an effect of methods with a result of that type.
type shape struct {
	result string
	spec   *spec
}

var libraries = sync.OnceValue(func() *library {
	l := &library{
		effects: map[string]*spec{}, shapes: map[string][]shape{}, callbacks: map[string]*callback{}, texts: map[string]int{},
		tables: map[string]int{}, processes: map[string]int{}, sources: map[string]string{}, programs: map[string]program{},
		commands: map[string]string{}, receivers: map[qualified]bool{}, ent: map[string]*spec{},
	}
	for _, row := range model.Effects().Rows() {
		if strings.HasPrefix(row.Role, "effect") {
			l.add(row)
		}
	}
	return l
})

func (l *library) add(row *model.Row) {
	method := row.Symbol[0] == '('
	switch row.Role {
	case "effect":
		l.effects[row.Symbol] = newSpec(row, method)
		if method {
			path := packageOf(row.Symbol)
			receiver, _, _ := strings.Cut(strings.TrimLeft(row.Symbol, "(*")[len(path)+1:], ")")
			l.receivers[qualified{path, receiver}] = true
		}
	case "effect.ent":
		l.ent[row.Symbol] = newSpec(row, true)
	case "effect.method":
		l.shapes[row.Symbol] = append(l.shapes[row.Symbol], shape{row.Arg("result"), newSpec(row, true)})
	case "effect.calls":
		l.callbacks[row.Symbol] = &callback{
			function: argument(row, "function", method), background: row.Arg("background") != "", minor: reason(row),
		}
	case "effect.text":
		l.texts[row.Symbol] = argument(row, "text", method)
	case "effect.request":
		l.texts[row.Symbol] = argument(row, "method", method)
	case "effect.table":
		l.tables[row.Symbol] = argument(row, "name", method)
	case "effect.process":
		l.processes[row.Symbol] = argument(row, "program", method)
	case "effect.source":
		l.sources[row.Symbol] = strings.ReplaceAll(row.Arg("is"), "-", " ")
	case "effect.program":
		l.programs[row.Symbol] = program{reads: list(row.Arg("reads")), changes: list(row.Arg("changes"))}
	case "effect.command":
		l.commands[row.Symbol] = row.Arg("is")
	}
}

// describe notes what rows say of a function, and reports whether they do.
func (l *library) describe(symbol string, c *callee) bool {
	c.effect, c.callback, c.origin = l.effects[symbol], l.callbacks[symbol], l.sources[symbol]
	c.text, c.table, c.process = -1, -1, -1
	if i, ok := l.texts[symbol]; ok {
		c.text = i
	}
	if i, ok := l.tables[symbol]; ok {
		c.table = i
	}
	if i, ok := l.processes[symbol]; ok {
		c.process = i
	}
	return c.effect != nil || c.callback != nil || c.origin != "" || c.text >= 0 || c.table >= 0 || c.process >= 0
}

func list(words string) []string {
	if words == "" {
		return nil
	}
	return strings.Split(words, ",")
}

func newSpec(row *model.Row, method bool) *spec {
	s := &spec{
		kind:      Kind(slices.Index(kindNames[:], row.Arg("kind"))),
		strong:    row.Arg("strong") != "",
		minor:     reason(row),
		reads:     row.Arg("reads") != "",
		chain:     row.Arg("chain") != "",
		sql:       argument(row, "sql", method),
		command:   argument(row, "command", method),
		request:   argument(row, "request", method),
		process:   argument(row, "process", method),
		flags:     argument(row, "flags", method),
		signal:    argument(row, "signal", method),
		code:      argument(row, "code", method),
		column:    argument(row, "column", method),
		written:   argument(row, "written", method),
		expiry:    argument(row, "expiry", method),
		target:    argument(row, "target", method),
		valueFrom: -1,
	}
	if s.kind == Memory && row.Arg("target") == "" {
		s.target = 0
	}
	s.readValues(row.Arg("value"), method)
	return s
}

// readValues understands 0,2 and 1.. and none.
func (s *spec) readValues(value string, method bool) {
	shift := 0
	if method {
		shift = 1
	}
	if value == "" {
		s.valueFrom = shift
		return
	}
	for _, item := range list(value) {
		from, open := strings.CutSuffix(item, "..")
		i, err := strconv.Atoi(from)
		switch {
		case err != nil: // none
		case open:
			s.valueFrom = i + shift
		default:
			s.values = append(s.values, i+shift)
		}
	}
}

func reason(row *model.Row) string { return strings.ReplaceAll(row.Arg("minor"), "-", " ") }

func argument(row *model.Row, name string, method bool) int {
	value := row.Arg(name)
	if value == "recv" {
		return 0
	}
	i, err := strconv.Atoi(value)
	if err != nil {
		return -1
	}
	if method {
		i++
	}
	return i
}

// byShape returns the effect of a method that rows know by its name and result,
// whatever it belongs to: interfaces over database handles, as sqlc generates
// them, and wrappers of handles.
func (l *library) byShape(obj *types.Func) *spec {
	shapes := l.shapes[obj.Name()]
	if shapes == nil || obj.Signature().Recv() == nil || obj.Signature().Results().Len() == 0 {
		return nil
	}
	result := ssax.TypeName(obj.Signature().Results().At(0).Type())
	for _, s := range shapes {
		if s.result != result || s.spec.sql > obj.Signature().Params().Len() {
			continue
		}
		if t, ok := obj.Signature().Params().At(s.spec.sql - 1).Type().Underlying().(*types.Basic); ok && t.Kind() == types.String {
			return s.spec
		}
	}
	return nil
}

// generated returns the effect of methods that ent generates. Their types end
// in Create, Update or Delete, hold the mutation that they collect, and come
// with Exec and ExecX (entgo.io/ent/entc/gen/template/builder).
func (l *library) generated(obj *types.Func) *spec {
	switch obj.Name() {
	case "Save", "SaveX", "Exec", "ExecX":
	default:
		return nil
	}
	recv := obj.Signature().Recv()
	if recv == nil {
		return nil
	}
	ptr, ok := types.Unalias(recv.Type()).(*types.Pointer)
	if !ok {
		return nil
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok || !collectsMutation(named) {
		return nil
	}
	name := strings.TrimSuffix(strings.TrimSuffix(named.Obj().Name(), "Bulk"), "One")
	return l.ent[name[max(strings.LastIndexFunc(name, unicode.IsUpper), 0):]]
}

// collectsMutation reports whether a struct holds, itself or in the builder that
// it wraps, the mutation that generated code of ent collects.
func collectsMutation(named *types.Named) bool {
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		field := ssax.TypeName(f.Type())
		switch {
		case f.Name() == "mutation" && strings.HasSuffix(field, "Mutation"):
			return hasMethod(named, "Exec") && hasMethod(named, "ExecX")
		case f.Name() == "builders" || len(f.Name()) <= 4 && strings.HasPrefix(field, packagePath(named)+"."):
			// XCreateBulk holds the builders of its rows, XDeleteOne the one that it narrows.
			inner := f.Type()
			if slice, ok := inner.(*types.Slice); ok {
				inner = slice.Elem()
			}
			if ptr, ok := inner.(*types.Pointer); ok {
				if n, ok := ptr.Elem().(*types.Named); ok && n != named && hasMethod(n, "ExecX") && collectsMutation(n) {
					return true
				}
			}
		}
	}
	return false
}

func packagePath(named *types.Named) string {
	if named.Obj().Pkg() == nil {
		return ""
	}
	return named.Obj().Pkg().Path()
}

func hasMethod(named *types.Named, name string) bool {
	for m := range named.Methods() {
		if m.Name() == name {
			return true
		}
	}
	return false
}

// symbolOf leaves the type parameters out of a function's full name, as rows do.
func symbolOf(name string) string {
	open, end := strings.IndexByte(name, '['), strings.LastIndexByte(name, ']')
	if open < 0 || end < open {
		return name
	}
	return name[:open] + name[end+1:]
}

// shortName shortens the paths in a function's full name to the name that the
// package most likely has: (*database/sql.DB).Exec to (*sql.DB).Exec. The last
// element of a path may be a version.
func shortName(name string) string {
	name = symbolOf(name)
	mark := strings.TrimLeft(name, "(*")
	prefix := name[:len(name)-len(mark)]
	path := packageOf(name)
	rest := mark[len(path):]
	base := path[strings.LastIndexByte(path, '/')+1:]
	if isMajor(base) && base != path {
		path = path[:len(path)-len(base)-1]
		base = path[strings.LastIndexByte(path, '/')+1:]
	}
	if i := strings.LastIndex(base, ".v"); i > 0 {
		base = base[:i]
	}
	return prefix + base + rest
}

func isMajor(element string) bool {
	_, err := strconv.Atoi(strings.TrimPrefix(element, "v"))
	return len(element) > 1 && element[0] == 'v' && err == nil
}
