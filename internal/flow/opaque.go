package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/web"
)

// opaque is a call of code that is not known. What it gets of the request it
// may check, so results that depend on it are guards; what it gets an address
// of it may change.
func (m *machine) opaque(s *state, instr *ir.Instr, c callee) *Value {
	taint := s.deepTaint(c.args)
	if c.value != nil {
		taint |= s.deepTaint([]*Value{c.value})
	}
	results := make([]*Value, len(instr.Results))
	name := s.objectName(instr)
	s.renew(name)
	request := m.holdsRequest(c.args) && !m.isEnvironment(c)
	for i, index := range instr.Results {
		t := s.top.fn.TypeOf(index)
		results[i] = unknown(name+"#"+strconv.Itoa(i), t, opaqueTaint(taint, t, request))
		if m.isSameRequest(c, t) {
			results[i].Text = c.args[0].Text + "." + c.name
		}
		if read := m.readCookie(c, t); read != "" {
			results[i].Text = read
		}
		if equality[c.name] {
			results[i].Path, results[i].Elems, results[i].Taint = "==", c.args, combine(c.args...)
		}
		if results[i].Taint == Asked && c.value != nil {
			results[i].Taint = Guarded // a function that somebody set for the purpose
		}
		if results[i].Taint&Input != 0 && namesProof(c.args) {
			results[i].Taint |= Proof
		}
		results[i].Read = firstRead(c.args...)
		results[i].Label = labelOf(c)
	}
	if neverEmpty(c) {
		results[0].Path = hasElements
	}
	m.handBack(c, results)
	if router := m.passedThrough(s, instr, c); router != nil {
		return router
	}
	m.escapeAll(s, c.args)
	if m.isSetter(instr, c) {
		return c.args[0]
	}
	if m.isOtherOption(s, instr, c) {
		return zeroStruct
	}
	for _, v := range c.args {
		m.forget(s, instr, v, taint)
	}
	if truth, decided := m.engine.always(c.name); decided {
		return boolValue(truth)
	}
	return pack(results)
}

// equality are the functions that say whether texts are the same, or whether one is
// among others.
var equality = map[string]bool{
	"strings.EqualFold": true, "bytes.Equal": true, "bytes.EqualFold": true, "slices.Contains": true,
}

// shortCall names a call for reports: package.Function or Type.Method.
func shortCall(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	return receivers.Replace(name)
}

var receivers = strings.NewReplacer("(*", "", "(", "", ")", "")

// labelOf names what a call returned, for reports.
func labelOf(c callee) string {
	name := shortCall(c.name)
	if name != "" && len(c.args) > 0 && c.args[0].Kind == Str && c.args[0].Taint == 0 && len(c.args[0].Text) < 30 {
		name += "(" + strconv.Quote(c.args[0].Text) + ")"
	}
	return name
}

// namesProof reports whether an argument is the constant name of a parameter that
// carries a proof.
func namesProof(args []*Value) bool {
	return slices.ContainsFunc(args, func(v *Value) bool {
		return v.Kind == Str && v.Taint == 0 && web.IsProof(v.Text)
	})
}

// parameter is a part of the request that is asked for by name: another for each
// name. Of two names that are not known nobody knows whether they are the same.
func parameter(v *Value, names []*Value) *Value {
	if v.Kind != Unknown || len(names) == 0 {
		return v
	}
	named := *v
	named.key = ""
	for _, name := range names {
		if !name.Known() {
			named.Text = ""
			return &named
		}
		named.Text += "(" + name.Key() + ")"
	}
	return &named
}

// isOtherOption reports whether a call makes a functional option of a modelled
// library that has no row: it sets nothing of interest.
func (m *machine) isOtherOption(s *state, instr *ir.Instr, c callee) bool {
	if len(instr.Results) != 1 || c.name == "" || m.engine.Table.Lookup(c.name) != nil || !m.engine.Table.HasPrefix(packageOf(c.name)+".") {
		return false
	}
	return s.top.fn.TypeOf(instr.Results[0]).Kind == ir.Function
}

// isSetter reports whether a call is of a method of a modelled configuration
// that returns its receiver: a setter of a chain that says nothing of interest. One
// that puts the configuration in force returns what it makes of it.
func (m *machine) isSetter(instr *ir.Instr, c callee) bool {
	end := strings.LastIndexByte(c.name, ')')
	if !strings.HasPrefix(c.name, "(*") || end < 0 || len(instr.Results) != 1 || len(c.args) == 0 || slices.ContainsFunc(m.engine.Table.Lookup(c.name), applies) {
		return false
	}
	return m.engine.Table.HasPrefix(c.name[:end+1]) && c.args[0].Kind == Pointer
}

// isEnvironment reports whether a call is of a function value whose type, the
// models say, says nothing about where a request came from.
func (m *machine) isEnvironment(c callee) bool {
	return c.value != nil && m.engine.Table.Find("environment", c.value.Type.Name) != nil
}

func opaqueTaint(taint Taint, t ir.Type, request bool) Taint {
	switch {
	case taint&(Sent|Guarded|Proof) != 0:
		return Guarded
	case taint&Secret != 0:
		return Secret
	case request && t.Kind == ir.Bool, taint&Asked != 0:
		return Asked
	}
	return taint & (Chosen | Input | Address)
}

// forget drops what is known of an object that other code may have changed. The
// functions that the models know change what the models say, and no more.
func (m *machine) forget(s *state, instr *ir.Instr, v *Value, taint Taint) {
	if slices.ContainsFunc(m.engine.Table.Lookup(instr.Sym), isReplayed) || m.engine.keeps(instr.Sym, maxDepth) {
		return
	}
	if v.Kind == Pointer && strings.HasPrefix(v.Text, madeHere) {
		s.heap.store(v.Text, v.Path, &Value{Kind: Unknown, Taint: opaqueTaint(taint, ir.Type{}, false) &^ (Chosen | Input | Asked)})
	}
}

// keeps reports whether code that is known does not write to what its
// parameters point to, itself or through what it calls with them.
func (e *Engine) keeps(name string, depth int) bool {
	if known, done := e.kept[name]; done {
		return known
	}
	if e.kept == nil {
		e.kept = map[string]bool{}
	}
	e.kept[name] = false // for functions that come back to themselves
	e.kept[name] = e.keepsWhatItGets(name, depth)
	return e.kept[name]
}

func (e *Engine) keepsWhatItGets(name string, depth int) bool {
	fn := e.Code.Func(name)
	if fn == nil || len(fn.Blocks) == 0 || depth == 0 {
		return false
	}
	given := map[ir.Operand]bool{}
	for i := range len(fn.Params) + len(fn.Free) {
		given[ir.Operand(i)] = true
	}
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			instr := &fn.Blocks[b].Instrs[i]
			switch instr.Op {
			case ir.FieldAddr, ir.IndexAddr, ir.Load, ir.Copy, ir.Field, ir.Slice:
				given[ir.Operand(instr.Dst)] = given[instr.Args[0]]
			case ir.Store, ir.MapUpdate:
				if given[instr.Args[0]] {
					return false
				}
			case ir.Call:
				if e.passesOn(instr, given) && slices.ContainsFunc(e.Table.Lookup(instr.Sym), e.writesHeaders) {
					return false
				}
				if e.passesOn(instr, given) && !e.keeps(instr.Sym, depth-1) && e.Code.Func(instr.Sym) != nil {
					return false
				}
			}
		}
	}
	return true
}

// passesOn reports whether a call gets something that the function was given.
func (e *Engine) passesOn(call *ir.Instr, given map[ir.Operand]bool) bool {
	return slices.ContainsFunc(call.Args, func(o ir.Operand) bool { return given[o] })
}
