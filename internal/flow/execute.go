package flow

import (
	"go/token"
	"net/textproto"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// execute runs one instruction.
func (m *machine) execute(s *state, instr *ir.Instr) {
	switch instr.Op {
	case ir.Jump:
		m.jump(s, 0)
	case ir.If:
		m.branch(s, instr)
	case ir.Return:
		m.ret(s, instr)
	case ir.Panic:
		s.done = true
	case ir.Call, ir.Invoke, ir.CallValue:
		m.call(s, instr)
	case ir.Go:
		m.goes(s, instr)
	case ir.Defer:
		m.putOff(s, instr)
		s.top.pc++
	case ir.Send:
		m.wrote(s, instr, m.args(s, instr.Args)...)
		s.top.pc++
	case ir.Phi:
		s.top.pc++
	default:
		if !m.executeMemory(s, instr) {
			s.set(instr, m.compute(s, instr))
		}
	}
}

// ret returns to the calling frame, or ends the path at the root.
//
// Without an instruction, the path is taken to come to a return later, with
// nothing that matters before it.
func (m *machine) ret(s *state, instr *ir.Instr) {
	var operands []ir.Operand
	var pos token.Pos
	if instr != nil {
		operands, pos = instr.Args, instr.Pos
	}
	if n := len(s.top.defers); n > 0 {
		c := s.top.defers[n-1]
		s.top.defers = s.top.defers[:n-1]
		m.runDeferred(s, c)
		return
	}
	results := m.args(s, operands)
	for i, v := range results {
		results[i] = s.resolve(v)
	}
	if s.top.aside {
		s.done = true
		return
	}
	if s.top.up == nil {
		m.answer(s, instr, pos, results)
		return
	}
	s.leaveCall()
	forked := s.path != s.top.path
	caller := s.top.up.copy()
	s.top = caller
	call := &caller.fn.Blocks[caller.block].Instrs[caller.pc]
	if call.Op != ir.Return { // else the call was deferred, and there may be more
		s.set(call, pack(results))
		if forked {
			m.comeBack(s)
		}
	}
}

// answer ends the path at the root. What is asked for a yes or no, and returns a
// condition, answers as if it returned the one where that holds, and the other where
// it does not.
func (m *machine) answer(s *state, instr *ir.Instr, pos token.Pos, results []*Value) {
	for i, cond := range results {
		if !m.asksForTruth || cond.Kind != Unknown || s.top.fn.TypeOf(s.top.fn.Results[i]).Kind != ir.Bool {
			continue
		}
		m.decide(s, instr, cond, func(truth bool, _ choice) func(*state) {
			return func(s *state) {
				m.assumeCondition(s, cond, truth)
				answer := slices.Clone(results)
				answer[i] = boolValue(truth)
				m.answer(s, instr, pos, answer)
			}
		})
		return
	}
	m.applyLiterals(s)
	event := &Event{Kind: Returned, Site: s.site(pos), Args: results}
	event.Aborted = s.heap.load(requestObject, "aborted") != nil
	if ir.IsInitializer(s.top.fn) {
		event.memory = s.heap.snapshot()
	}
	m.event(s, event)
	m.escapeAll(s, results)
	s.done = true
}

// runDeferred runs a call that was put off.
func (m *machine) runDeferred(s *state, c callee) {
	for _, row := range m.engine.Table.Lookup(c.name) {
		if _, done := m.play(s, c.instr, row, c.args); done {
			return
		}
	}
	if !m.follow(s, c) {
		m.escapeAll(s, append([]*Value{c.value}, c.args...))
	}
}

// putOff keeps the call of a defer statement for the return. Of a statement in a loop
// the last call stands for all: else there would be a state for each turn.
func (m *machine) putOff(s *state, instr *ir.Instr) {
	others := slices.DeleteFunc(slices.Clone(s.top.defers), func(c callee) bool { return c.statement == instr })
	c := m.deferred(s, instr)
	c.statement = instr
	s.top.defers = append(others, c)
}

// deferred is the call that a defer statement puts off.
func (m *machine) deferred(s *state, instr *ir.Instr) callee {
	call := *instr
	call.Op = ir.CallValue
	if instr.CommaOk {
		call.Op = ir.Invoke
	} else if instr.Sym != "" {
		call.Op = ir.Call
	}
	c := m.callee(s, &call)
	c.instr = &call
	if c.value == nil {
		c.value = noValue
	}
	return c
}

// pack is the value of a call with these results.
func pack(results []*Value) *Value {
	if len(results) == 1 {
		return results[0]
	}
	return &Value{Kind: Tuple, Elems: results}
}

func (m *machine) event(s *state, e *Event) {
	e.Calls = s.calls()
	if e.memory != nil {
		e.held = s.held(append(slices.Clone(e.Args), e.Value))
	}
	e.Response = map[string]*Value{}
	if o := s.heap.object(responseObject); o != nil {
		for name, v := range o.cells {
			e.Response[name] = v
		}
	}
	m.run.Events = append(m.run.Events, e)
	n := &m.run.nodes[s.node]
	n.events = append(n.events, e)
}

// canonical is the form in which net/http keeps header names.
func canonical(name string) string { return textproto.CanonicalMIMEHeaderKey(name) }

func isHeaderName(name string) bool {
	return len(name) > 2 && len(name) < 60 && !strings.ContainsAny(name, " \t:/{}")
}
