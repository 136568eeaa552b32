package flow

import (
	"slices"
	"strconv"

	"github.com/soplint/soplint/internal/ir"
)

type machine struct {
	engine     *Engine
	allowed    budget
	coarse     bool
	relevant   map[string]bool            // names of which paths remember what they took them for
	asked      map[string]map[string]bool // by name, where conditions were about it
	request    *Request
	run        *Run
	work       []*state
	places     map[stateKey][]place // nodes by what tells their states apart
	keys       keyWriter
	counts     map[string]count // of states by where they are
	been       map[string]visit // for meetOnce, who has been somewhere
	back       map[string]visit // for comeBackOnce, who has come back to a place, and how many have
	ranges     bool             // there are loops over known maps
	seen       map[string]bool  // closures, checks and literals recorded
	escaped    map[string]int   // contexts kept, by closure
	registered []*Route
	routers    map[string]*router   // by their objects
	mounts     map[string][]mount   // by router, the routes that it serves
	used       map[string][]Step    // by router, what libraries made for it on whatever path
	overriding map[string][]Step    // by router, what hands it requests under other methods
	perhaps    map[string][]perhaps // by router, what it is given on some way only
	arms       map[arm]bool         // on which something is put before routes
	routes     map[string]*Route    // by the name of what the call returned that registered them
	before     *heap                // the memory that was there before the request; nil for none
	lasting    map[string]bool      // objects that outlive the request: those of package variables, and what is stored where others look
	steps      int

	asksForTruth bool // of the root a yes or no is asked
	cost         int
	weight       int // of a state of the current function
}

func (m *machine) start(root Root) {
	s := &state{heap: newHeap()}
	if root.memory != nil {
		s.heap = root.memory.fork()
		m.before = root.memory
	}
	s.top = newFrame(root.Func, nil)
	m.asksForTruth = root.predicate
	for i, p := range root.Func.Params {
		t := root.Func.TypeOf(p.Type)
		arg := unknown("p:"+p.Name, t, 0)
		if m.engine.Table.Find("request", t.Name) != nil {
			arg.Text = incoming + p.Name
		}
		if i < len(root.Args) && root.Args[i] != nil {
			arg = root.Args[i]
		}
		s.top.regs.set(i, arg)
	}
	bind(s.top, root.Func, root.Bindings)
	s.node = m.newNode()
	m.received(s, root.Func)
	m.work = append(m.work, s)
}

func bind(f *frame, fn *ir.Func, bindings []*Value) {
	for i, free := range fn.Free {
		v := unknown("f:"+fn.Outer+":"+free.Name, fn.TypeOf(free.Type), 0)
		if i < len(bindings) {
			v = bindings[i]
		}
		f.regs.set(len(fn.Params)+i, v)
	}
}

func newFrame(fn *ir.Func, up *frame) *frame {
	f := &frame{fn: fn, regs: newRegisters(fn.Regs), up: up}
	if up != nil {
		f.depth = up.depth + 1
		f.id = up.id + "/" + strconv.Itoa(int(up.block)) + "." + strconv.Itoa(up.pc)
	}
	return f
}

func (m *machine) newNode() int32 {
	m.run.nodes = append(m.run.nodes, node{})
	m.cost += m.weight
	m.engine.spent.nodes += m.weight
	if len(m.run.nodes) > maxNodes || m.cost > m.allowed.nodes {
		m.run.Exhausted = true
	}
	return int32(len(m.run.nodes) - 1)
}

// advance runs s until its path ends, forks, or meets another.
func (m *machine) advance(s *state) {
	for !s.done {
		m.steps++
		if m.steps > m.allowed.steps {
			m.run.Exhausted = true
			return
		}
		f := s.top
		m.weight = 1 + f.fn.Regs/sizeOfUnit
		instr := &f.fn.Blocks[f.block].Instrs[f.pc]
		m.execute(s, instr)
	}
}

// set gives the instruction's register its value and goes on behind it.
func (s *state) set(instr *ir.Instr, v *Value) {
	if instr.Dst >= 0 {
		s.top.regs.set(int(instr.Dst), v)
	}
	s.top.pc++
}

// arg returns the value of an operand of the top frame.
func (m *machine) arg(s *state, o ir.Operand) *Value {
	if o >= 0 {
		if v := s.top.regs.get(int(o)); v != nil {
			return v
		}
		return noValue
	}
	return constValue(s.top.fn.Const(o))
}

func constValue(c *ir.Const) *Value {
	switch c.Kind {
	case ir.StringConst:
		return String(c.Text)
	case ir.BoolConst:
		return boolValue(c.Int == 1)
	case ir.IntConst:
		return intValue(c.Int)
	case ir.NilConst:
		return nilValue
	case ir.ZeroConst:
		return zeroStruct
	case ir.FuncConst:
		return &Value{Kind: Function, Text: c.Text}
	case ir.GlobalConst:
		return &Value{Kind: Pointer, Text: globalPrefix + c.Text}
	}
	return noValue
}

func (m *machine) args(s *state, operands []ir.Operand) []*Value {
	values := make([]*Value, len(operands))
	for i, o := range operands {
		values[i] = m.arg(s, o)
	}
	return values
}

// jump goes to a successor of the current block.
func (m *machine) jump(s *state, succ int) {
	f := s.top
	from, to := f.block, f.fn.Blocks[f.block].Succs[succ]
	target := &f.fn.Blocks[to]
	f.phis(m, s, target, from)
	f.block = to
	f.pc = target.FirstRest()
	m.arrive(s)
}

// arrive goes on at the beginning of a block: not at all if nothing that matters
// comes from there, and not if another path has been there in the same state.
func (m *machine) arrive(s *state) {
	s.leave()
	shape := m.engine.shapeOf(s.top.fn)
	if shape.done[s.top.block] || s.top.up == nil && shape.last[s.top.block] {
		m.ret(s, nil)
		return
	}
	if len(s.top.fn.Blocks[s.top.block].Preds) > 1 {
		m.meet(s)
	}
}

// pass goes on where the ways of the current branch meet.
func (m *machine) pass(s *state, to int32) {
	s.top.block, s.top.pc = to, 0
	m.arrive(s)
}

// phis gives the phis at the head of a block the values of the edge taken.
func (f *frame) phis(m *machine, s *state, target *ir.Block, from int32) {
	edge := 0
	for i, p := range target.Preds {
		if p == from {
			edge = i
			break
		}
	}
	var values []*Value
	for k := range target.Instrs {
		if target.Instrs[k].Op != ir.Phi {
			break
		}
		values = append(values, m.arg(s, target.Instrs[k].Args[edge]))
	}
	for k, v := range values {
		f.regs.set(int(target.Instrs[k].Dst), v)
	}
}

// comeBack goes on behind a call in which the path of s has parted from others. Those
// come back to the same place: if nothing tells them apart there, one goes on for all,
// or each such call would double the paths through the code behind it.
func (m *machine) comeBack(s *state) {
	if m.engine.EveryRoute {
		m.comeBackOnce(s)
	} else {
		m.meetHere(s)
	}
}

// comeBackOnce ends the path of s if most have come back to the same place: what they
// bring along may be another router each, so one does not stand for all.
func (m *machine) comeBackOnce(s *state) {
	where := s.where()
	if m.ranges {
		where += s.rounds()
	}
	back := m.back[where]
	if back.path != s.path {
		back = visit{s.path, back.rounds + 1}
		m.back[where] = back
	}
	s.done = back.rounds > maxStates
}

// meet ends the path of s if another one has been in the same state, and makes
// a node of it otherwise.
func (m *machine) meet(s *state) {
	s.prune()
	if m.engine.EveryRoute {
		m.meetOnce(s)
	} else {
		m.meetHere(s)
	}
}

// meetHere is meet for states that hold nothing which is not read any more.
func (m *machine) meetHere(s *state) {
	facts := s.facts()
	key, where := m.keys.keys(s)
	if met := m.counts[where]; len(m.places[key]) == 0 {
		if met.last != nil {
			s.join(met.last)
			facts = s.facts()
			key, _ = m.keys.keys(s)
		}
		if len(m.places[key]) == 0 {
			m.counts[where] = met.with(s, m.mostStates())
		}
	}
	full := len(m.places[key]) >= maxFacts
	for _, p := range m.places[key] {
		if contains(facts, p.facts) && (full || len(facts) == len(p.facts)) {
			m.link(s.node, p.node)
			s.done = true
			return
		}
	}
	if known := m.places[key]; full {
		facts = common(facts, known[len(known)-1].facts)
		s.setFacts(facts)
	}
	next := m.newNode()
	m.places[key] = append(m.places[key], place{facts, next})
	m.link(s.node, next)
	s.node = next
}

// A count is how many states there were at one place, and the last of them where there
// were so many that the next one is joined with it.
type count struct {
	states int
	last   *state
}

// with counts s, of which most are kept apart.
func (c count) with(s *state, most int) count {
	c.states++
	if c.states >= most {
		c.last = s.copy()
	}
	return c
}

// mostStates is how many states of one place are kept apart.
func (m *machine) mostStates() int {
	if m.coarse {
		return maxStates / 6
	}
	return maxStates
}

// meetOnce ends the path of s if another one has been there at all. Which routes
// there are does not depend on the way; only a path that comes back to a place by
// itself, without a choice in between, is in a loop whose rounds are known. Each round of
// a loop over a known map is a place of its own: it may register another handler.
func (m *machine) meetOnce(s *state) {
	where := s.where()
	if m.ranges {
		where += s.rounds()
	}
	last, been := m.been[where]
	if been && (last.path != s.path || last.rounds == maxRounds || len(m.registered) > maxRoutes) {
		s.done = true
		return
	}
	m.been[where] = visit{s.path, last.rounds + 1}
}

// A visit is the path that has been at a place, and how often.
type visit struct {
	path   int32
	rounds int
}

// The bounds on rounds of a loop that are taken one by one, and on the routes with which
// another one begins: there are tables of routes with hundreds of rows, and loops
// without an end.
const (
	maxRounds = 1 << 10
	maxRoutes = 10_000
)

func (m *machine) link(from, to int32) {
	n := &m.run.nodes[from]
	n.succs = append(n.succs, to)
}

// fork goes on with a copy of s for each arm, and with s itself for the last one.
func (m *machine) fork(s *state, who choice, instr *ir.Instr, arms ...func(*state)) {
	m.run.nodes[s.node].choice = who
	m.run.nodes[s.node].site, m.run.nodes[s.node].block = Site{s.top.fn, instr.Pos}, s.top.block
	first := len(m.work)
	for i, enter := range arms {
		var arm *state
		if i < len(arms)-1 {
			arm = s.copy()
		} else {
			arm = s.passOn()
		}
		arm.node = m.newNode()
		arm.path = arm.node
		m.link(s.node, arm.node)
		enter(arm)
		if !arm.done {
			m.work = append(m.work, arm)
		}
	}
	slices.Reverse(m.work[first:]) // the last one is taken first
}
