package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// Libraries are configured by values that a program builds and hands over. The
// models say which functions take them (roles that end in .new), which make
// them (.preset), and which set a part of them (.option). The engine follows
// the values; what their parts mean is for whoever reads the event.
//
// What an option or preset gives stands in the value as a field named after its
// row.

// partField is the name of the field for what a row gives.
func partField(row *model.Row) string { return "=" + strconv.Itoa(row.Index) }

// PartRow returns the row of an option or preset after which a field of a
// configuration is named, nil for fields of the source.
func PartRow(table *model.Table, field string) *model.Row {
	number, ok := strings.CutPrefix(field, "=")
	i, err := strconv.Atoi(number)
	if !ok || err != nil || i >= len(table.Rows()) {
		return nil
	}
	return table.Rows()[i]
}

// applies reports whether calling a row's function, or making a value of its
// type, puts a configuration in force.
func applies(row *model.Row) bool {
	return strings.HasSuffix(row.Role, ".new") || strings.HasSuffix(row.Role, ".upgrade") || strings.HasSuffix(row.Role, ".serve")
}

// handOver records the configurations that functions among the arguments apply
// without options: app.Use(ghttp.MiddlewareCORS).
func (m *machine) handOver(s *state, instr *ir.Instr, args []*Value) {
	for _, v := range args {
		switch {
		case v.Kind == Function && !v.Open:
			for _, row := range m.engine.Table.Lookup(v.Text) {
				if applies(row) && row.Arg("options") == "" && !m.engine.isHome(row) {
					m.configure(s, instr, row, nil)
				}
			}
		case v.Kind == List:
			m.handOver(s, instr, v.Elems)
		}
	}
}

// isHome reports whether the code under analysis is of the package that the row
// is about. There the library's own code says what it does.
func (e *Engine) isHome(row *model.Row) bool {
	return packageOf(row.Symbol) == e.Home
}

// packageOf returns the path of the package that a function's full name
// begins with.
func packageOf(name string) string {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "("), "*")
	slash := strings.LastIndexByte(name, '/') + 1
	if dot := strings.IndexByte(name[slash:], '.'); dot >= 0 {
		return name[:slash+dot]
	}
	return name
}

// converted records a configuration that a conversion to a type applies.
func (m *machine) converted(s *state, instr *ir.Instr) {
	if instr.Sym == "" {
		return
	}
	for _, row := range m.engine.Table.Lookup(instr.Sym) {
		if applies(row) && row.Arg("options") == "convert" && !m.isPart(s, instr) {
			m.configure(s, instr, row, m.args(s, instr.Args))
		}
	}
}

// received records the configurations that the parameters of a function put in
// force by their types: a framework calls it with what it has made.
func (m *machine) received(s *state, fn *ir.Func) {
	for _, param := range fn.Params {
		for _, row := range m.engine.Table.Lookup(fn.TypeOf(param.Type).Name) {
			if isReceived(row) && len(fn.Results) == 1 && fn.TypeOf(fn.Results[0]).Name == row.Arg("returns") {
				site := Site{fn, fn.Pos}
				args := []*Value{{Kind: Function, Text: fn.Name}}
				m.event(s, &Event{Kind: Configured, Site: site, Named: site, Row: row, Args: args, memory: s.heap.snapshot()})
			}
		}
	}
}

func isReceived(row *model.Row) bool { return applies(row) && row.Arg("options") == "param" }

// isPart reports whether what an instruction makes is put into a field of a
// value that is itself a configuration in force: then that one decides.
func (m *machine) isPart(s *state, made *ir.Instr) bool {
	fields := map[ir.Operand]string{}
	values := map[ir.Operand]bool{ir.Operand(made.Dst): true}
	for b := range s.top.fn.Blocks {
		for i := range s.top.fn.Blocks[b].Instrs {
			instr := &s.top.fn.Blocks[b].Instrs[i]
			switch instr.Op {
			case ir.FieldAddr:
				fields[ir.Operand(instr.Dst)] = instr.Sym
			case ir.Copy:
				values[ir.Operand(instr.Dst)] = values[instr.Args[0]] || values[ir.Operand(instr.Dst)]
			case ir.Store:
				sym := fields[instr.Args[0]]
				if dot := strings.LastIndexByte(sym, '.'); dot > 0 && values[instr.Args[1]] &&
					slices.ContainsFunc(m.engine.Table.Lookup(sym[:dot]), applies) {
					return true
				}
			}
		}
	}
	return false
}

// parsedOrigin is the Origin as a library hands it out: parsed, or its host.
func (m *machine) parsedOrigin(s *state, instr *ir.Instr, row *model.Row) *Value {
	origin := m.header(s, instr, "Origin")
	parsed := natives["net/url.Parse"]([]*Value{origin})
	if parsed == nil {
		return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), Guarded)
	}
	u, err := parsed.Elems[0], parsed.Elems[1]
	if row.Arg("is") == "host" {
		if u = nativeField(u, ".Host"); u == nil {
			u = &Value{Kind: Str, Taint: Sent}
		}
	}
	if row.Arg("error") != "" {
		return tuple(u, err)
	}
	return u
}

// fieldSet records that a field of a configuration is given a value, which may
// be used by code that is not followed from here.
func (m *machine) fieldSet(s *state, instr *ir.Instr, field string, v *Value) {
	if field == "" {
		return
	}
	m.servedField(s, instr, field, v)
	for _, row := range m.engine.Table.Lookup(field) {
		if strings.HasSuffix(row.Role, ".field") {
			site := s.site(instr.Pos)
			m.event(s, &Event{Kind: FieldSet, Site: site, Named: site, Row: row, Value: s.whole(v, 0), memory: s.heap.snapshot()})
		}
	}
}

// configure records that a configuration is applied.
func (m *machine) configure(s *state, instr *ir.Instr, row *model.Row, args []*Value) {
	loaded := make([]*Value, len(args))
	for i, v := range args {
		if global, ok := strings.CutPrefix(v.Text, globalPrefix); ok && v.Kind == Pointer && s.heap.object(v.Text) == nil {
			m.initialize(s, v.Text, global)
		}
		loaded[i] = s.whole(v, 0)
	}
	e := &Event{
		Kind: Configured, Site: s.site(instr.Pos), Named: s.site(instr.Pos), Row: row, Args: loaded, memory: s.heap.snapshot(),
		Origin: s.originFor(row, args), Made: s.objectName(instr),
	}
	m.event(s, e)
	if row.Role == "override.new" {
		m.override(s, e, args)
	}
}

// apply records the configuration that a method value of that name applies.
func (m *machine) apply(s *state, instr *ir.Instr, method string, bindings []*Value) {
	for _, row := range m.engine.Table.Lookup(method) {
		if applies(row) {
			m.configure(s, instr, row, bindings)
		}
	}
}

// noteLiteral remembers a value whose type the models call a configuration in
// force.
func (m *machine) noteLiteral(s *state, instr *ir.Instr, name string) {
	if instr.Op != ir.Alloc || !instr.Pos.IsValid() {
		return
	}
	s.heap.writable(name).alloc = &Site{s.top.fn, instr.Pos}
	for _, row := range m.engine.Table.Lookup(s.top.fn.TypeOf(instr.Type).Name) {
		if applies(row) && row.Arg("options") == "literal" {
			o := s.heap.writable(name)
			o.row, o.made = row, &Site{s.top.fn, instr.Pos}
		}
	}
}

// applyLiterals records the configurations that were built, as they are in the
// end.
func (m *machine) applyLiterals(s *state) {
	var names []string
	for name, o := range s.heap.objects.Scan {
		if o.made != nil {
			names = append(names, name)
		}
	}
	for _, name := range names {
		o := s.heap.object(name)
		value := s.whole(&Value{Kind: Pointer, Text: name}, 0)
		m.event(s, &Event{Kind: Configured, Site: *o.made, Named: *o.made, Row: o.row, Args: []*Value{value}, memory: s.heap.snapshot()})
	}
}

// whole returns v with what its pointers point to in their place.
func (s *state) whole(v *Value, depth int) *Value {
	v = s.resolve(v)
	if v.Kind == Pointer {
		given := v.Set
		if o := s.heap.object(v.Text); o != nil && given == nil && v.Path == "" {
			given = o.alloc
		}
		switch loaded := s.heap.load(v.Text, v.Path); {
		case loaded != nil:
			v = loaded
		case s.heap.object(v.Text) != nil && strings.HasPrefix(v.Text, madeHere):
			v = s.heap.object(v.Text).gather(v.Path, zeroStruct)
		default:
			return unknown(v.Text+v.Path, v.Type, 0)
		}
		if v.Set == nil && given != nil {
			c := *v
			c.Set = given
			v = &c
		}
	}
	if len(v.Elems) == 0 || v.Kind == Function || depth > 4 {
		return v
	}
	c := *v
	c.key = ""
	c.Elems = make([]*Value, len(v.Elems))
	for i, e := range v.Elems {
		c.Elems[i] = s.whole(e, depth+1)
	}
	return &c
}

// option gives a part its value: in the receiver where the option is a method
// of the configuration, else in the option value that it returns.
func (m *machine) option(s *state, instr *ir.Instr, row *model.Row, args []*Value) *Value {
	rest := withoutReceiver(row.Symbol, args)
	v := optionValue(row, rest)
	site := s.site(instr.Pos)
	given := *v
	given.Set = &site
	if len(rest) == len(args) { // a function
		return structOf(map[string]*Value{partField(row): &given}, false)
	}
	receiver := args[0]
	if object, path, ok := location(receiver); ok {
		path += "." + partField(row)
		if row.Arg("mode") == "append" {
			if old := s.heap.load(object, path); old != nil && isList(old) && isList(&given) {
				given.Elems = append(slices.Clone(old.Elems), given.Elems...)
			}
		}
		s.heap.store(object, path, &given)
	}
	return receiver
}

// location returns the object and path that a receiver stands for.
func location(v *Value) (object, path string, ok bool) {
	return v.Text, v.Path, (v.Kind == Pointer || v.Kind == Unknown) && v.Text != ""
}

func optionValue(row *model.Row, args []*Value) *Value {
	if text := row.Arg("const"); text != "" {
		return partConstant(text)
	}
	var list *Value
	for _, index := range strings.Split(row.Arg("value"), ",") {
		i, err := strconv.Atoi(index)
		if err != nil || i >= len(args) {
			return noValue
		}
		v := args[i]
		switch {
		case list == nil:
			list = v
		case v.Kind == List:
			list = &Value{Kind: List, Elems: append([]*Value{list}, v.Elems...)}
		case v.Kind == Nil:
			list = &Value{Kind: List, Elems: []*Value{list}}
		default:
			return noValue
		}
	}
	if sep := row.Arg("split"); sep != "" && list != nil && list.Kind == Str {
		return listOf(strings.Split(list.Text, sep), 0)
	}
	return list
}

// partConstant is the value that a row writes for a part.
func partConstant(text string) *Value {
	switch text {
	case "true":
		return trueValue
	case "false":
		return falseValue
	}
	return String(text)
}

// preset is the configuration that rows say a function returns, or a variable
// holds.
func preset(table *model.Table, symbol string) *Value {
	fields := map[string]*Value{}
	for _, row := range table.Lookup(symbol) {
		if strings.HasSuffix(row.Role, ".preset") {
			fields[partField(row)] = trueValue
		}
	}
	return structOf(fields, false)
}

// makePreset is the configuration that a function returns, or a pointer to it.
func (m *machine) makePreset(s *state, instr *ir.Instr, row *model.Row, args []*Value) *Value {
	value := preset(m.engine.Table, row.Symbol)
	if i, err := strconv.Atoi(row.Arg("options")); err == nil && i < len(args) {
		switch given := s.whole(args[i], 0); given.Kind {
		case Struct:
			value = given
		case Nil:
		default:
			value = m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), 0)
			return value
		}
	}
	if s.top.fn.TypeOf(instr.Type).Kind != ir.Pointer {
		return value
	}
	name := madeHere + s.objectName(instr)
	s.heap.reset(name)
	s.heap.store(name, "", value)
	return &Value{Kind: Pointer, Text: name}
}
