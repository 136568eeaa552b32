package flow

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// follow goes on in the code of the callee, if that can matter.
func (m *machine) follow(s *state, c callee) bool {
	if c.name == "" {
		return false
	}
	if s.top.depth >= maxDepth {
		m.run.Cut = true
		return false
	}
	code := m.engine.Code.Func(c.name)
	if code == nil || len(code.Blocks) == 0 || s.calling(c.name) || !m.worth(s, code, c) {
		return false
	}
	m.run.Called[c.name] = true
	m.suspend(s)
	m.enter(s, code, c)
	return true
}

// enter goes on at the beginning of code.
func (m *machine) enter(s *state, code *ir.Func, c callee) {
	f := newFrame(code, s.top)
	for i := range code.Params {
		if i < len(c.args) {
			f.regs.set(i, c.args[i])
		}
	}
	bind(f, code, c.bindings)
	f.path = s.path
	m.crosses(s, f, c.args)
	s.top = f
}

func (s *state) calling(name string) bool {
	for f := s.top; f != nil; f = f.up {
		if f.fn.Name == name {
			return true
		}
	}
	return false
}

// Functions that do not touch anything that is reported on are followed for
// their result if they are small: up to smallFunc instructions whatever they
// get, up to largeFunc if they get something of the request.
const (
	smallFunc = 60
	largeFunc = 600
)

func (m *machine) worth(s *state, code *ir.Func, c callee) bool {
	if m.engine.Watch != nil && !m.carriesRequest(s, c) {
		return false
	}
	if m.engine.Code.Touches(c.name) || slices.ContainsFunc(c.args, m.callsBack) || m.holdsCallBack(s, c.bindings) || m.holdsActor(s, c) {
		return true
	}
	if m.holdsRequest(c.args) && m.engine.steers(code) {
		return true
	}
	if m.prepares(c.name, c.args) {
		return true
	}
	if m.coarse {
		return code.Size() <= smallFunc/2 && s.deepTaint(c.args)&(Sent|Guarded) != 0 && len(code.Results) > 0
	}
	size := code.Size()
	if len(code.Results) == 0 {
		return false
	}
	return size <= smallFunc || m.engine.EveryRoute && size <= largeFunc && m.engine.gathersHandlers(code) || size <= largeFunc && (s.deepTaint(c.args)&(Sent|Guarded) != 0 || m.holdsRequest(c.args))
}

// gathersHandlers reports whether code calls functions of known code that make handlers,
// as generated code does that hands all of a service out in one struct.
func (e *Engine) gathersHandlers(code *ir.Func) bool {
	for b := range code.Blocks {
		for i := range code.Blocks[b].Instrs {
			instr := &code.Blocks[b].Instrs[i]
			if instr.Op != ir.Call || len(instr.Results) != 1 || e.Code.Func(instr.Sym) == nil {
				continue
			}
			if t := code.TypeOf(instr.Results[0]); t.Kind == ir.Function || t.Name == "net/http.Handler" {
				return true
			}
		}
	}
	return false
}

// prepares reports whether a call, or a function that it is given, is small, returns
// nothing, and is there to give a package variable, what it captured or what it got
// a value: one that is looked at later, such as a pattern that is compiled when it
// is first needed.
func (m *machine) prepares(name string, args []*Value) bool {
	if m.coarse {
		return false
	}
	if m.engine.assigns(name) {
		return true
	}
	return slices.ContainsFunc(args, func(v *Value) bool { return v.Kind == Function && m.engine.assigns(v.Text) })
}

// assigns reports whether a small function that returns nothing stores to a
// package variable, to what it captured or to what its parameters point to.
func (e *Engine) assigns(name string) bool {
	fn := e.Code.Func(name)
	if fn == nil || len(fn.Results) > 0 || fn.Size() > smallFunc {
		return false
	}
	if !e.keeps(name, maxDepth) {
		return true
	}
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			instr := &fn.Blocks[b].Instrs[i]
			if instr.Op == ir.Store && instr.Args[0] < 0 && fn.Const(instr.Args[0]).Kind == ir.GlobalConst {
				return true
			}
		}
	}
	return false
}

// steers reports whether code, or what it calls, says itself whether the handlers
// behind it run.
func (e *Engine) steers(code *ir.Func) bool {
	known, asked := e.steering[code.Name]
	if asked {
		return known
	}
	if e.steering == nil {
		e.steering = map[string]bool{}
	}
	e.steering[code.Name] = false // for functions that call themselves
	for b := range code.Blocks {
		for i := range code.Blocks[b].Instrs {
			symbol := code.Blocks[b].Instrs[i].Sym
			if symbol == "" {
				continue
			}
			callee := e.Code.Func(symbol)
			if e.Table.Find("route.abort", symbol) != nil || e.Table.Find("route.next", symbol) != nil || callee != nil && e.steers(callee) {
				e.steering[code.Name] = true
				return true
			}
		}
	}
	return false
}

// carriesRequest reports whether a call gets something of the request that code
// can ask about, or a function to call. What else changes something is known by
// its name.
func (m *machine) carriesRequest(s *state, c callee) bool {
	return m.holdsRequest(c.args) || slices.ContainsFunc(c.args, isBody) || s.deepTaint(c.args)&(Sent|Guarded|Chosen|Asked|Proof) != 0 ||
		slices.ContainsFunc(c.args, m.callsBack) || m.holdsCallBack(s, c.bindings)
}

// callsBack reports whether v is a function that touches something that is
// reported on.
func (m *machine) callsBack(v *Value) bool {
	return v.Kind == Function && m.engine.Code.Touches(v.Text)
}

// holdsCallBack reports whether a closure captured a function that touches
// something that is reported on, as middleware does with the handler behind it.
func (m *machine) holdsCallBack(s *state, bindings []*Value) bool {
	found := false
	reached := objects{}
	for _, b := range bindings {
		s.heap.visit(b, reached, func(v *Value) bool {
			found = found || m.callsBack(v)
			return found
		})
	}
	return found
}

// holdsActor reports whether what a closure captured, or the receiver of a method
// holds, is an interface's value with a method that changes something.
func (m *machine) holdsActor(s *state, c callee) bool {
	if m.engine.Watch == nil {
		return false
	}
	held := c.bindings
	if strings.HasPrefix(c.name, "(") && len(c.args) > 0 {
		held = append(slices.Clone(held), c.args[0])
	}
	found := false
	reached := objects{}
	for _, v := range held {
		s.heap.visit(v, reached, func(v *Value) bool {
			found = found || v.Dynamic != "" && m.engine.Code.Acts(v.Dynamic)
			return found
		})
	}
	return found
}

// suspend drops what the top frame does not read behind the call that it
// makes. Other paths may share the frame, so it is copied.
func (m *machine) suspend(s *state) {
	f := *s.top
	kept := newRegisters(f.fn.Regs)
	from := f.pc
	if f.fn.Blocks[f.block].Instrs[f.pc].Op == ir.Return {
		from-- // a deferred call: the results are still to be returned
	}
	for _, r := range f.fn.LiveAfter(f.block, from) {
		kept.set(int(r), f.regs.get(int(r)))
	}
	f.regs = kept
	s.top = &f
}

// holdsRequest reports whether an argument holds the request.
func (m *machine) holdsRequest(args []*Value) bool {
	for _, v := range args {
		if v.Kind == Unknown && m.engine.Table.Find("request", v.Type.Name) != nil {
			return true
		}
	}
	return false
}

// deepTaint returns the taints of values and of what they point to.
func (s *state) deepTaint(values []*Value) Taint {
	var taint Taint
	reached := objects{}
	for _, v := range values {
		taint |= v.taints()
		s.heap.reach(v, reached)
	}
	for o := range reached {
		for _, v := range o.cells {
			taint |= v.taints()
		}
	}
	return taint
}
