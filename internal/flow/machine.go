package flow

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// Bounds of one replay. Where one is reached the replay is given up, and
// nothing is concluded from it; only maxStates leads to joined states instead.
const (
	maxSteps       = 200_000 // instructions
	maxNodes       = 6_000   // states that were kept
	maxCost        = 10_000  // the same, weighed by the size of the functions that they are in
	maxSpent       = 50_000  // maxCost for all replays of a package
	maxDepth       = 8       // calls within calls
	maxRefinements = 3       // times that a replay is repeated with more that is remembered
	maxStates      = 24      // states of one place before they are joined
	maxFacts       = 16      // states of one place that differ only in what they take for known
)

// sizeOfUnit is the number of registers of a function for which a state of it
// weighs as much as one more.
const sizeOfUnit = 100

// Code finds the code of functions and package variables by name.
type Code interface {
	// Func returns the code of a function, nil if it is not known.
	Func(name string) *ir.Func
	// Global returns the code that computes the initial value of a package
	// variable, nil if the variable is changed later or not known.
	Global(name string) *ir.Func
	// Touches reports whether the function can come to something that is
	// reported on, so that calls of it are followed whatever their arguments.
	Touches(name string) bool
}

// An Engine replays requests through code.
type Engine struct {
	Code  Code
	Table *model.Table
	Home  string // path of the package under analysis

	spent   int // nodes of all replays
	globals map[string]*initial
	kept    map[string]bool // by function, whether it leaves what it is given as it is
	shapes  map[*ir.Func]*shape
}

// A Root is where a request enters.
type Root struct {
	Func     *ir.Func
	Args     []*Value // nil for unknown ones
	Bindings []*Value // captured variables, for closures
	memory   *heap
}

// A Closure is a function value that the code made but did not call itself: it
// was handed to somebody who may.
type Closure struct {
	Name     string
	Bound    bool // a method value: its binding is the receiver
	Bindings []*Value
	Event    *Event // of its escape
	memory   *heap
	key      string
}

// Key is a text that two closures share if they are the same code with the
// same captured values.
func (c *Closure) Key() string { return c.key }

// Root makes the closure, whose code is fn, the place where a request enters.
func (c *Closure) Root(fn *ir.Func) Root {
	if c.Bound {
		return Root{Func: fn, Args: c.Bindings, memory: c.memory}
	}
	return Root{Func: fn, Bindings: c.Bindings, memory: c.memory}
}

// A Check is a test of a value from the request that went in its favour.
type Check struct {
	Site Site
	Text string // how it reads in the source
}

// An EventKind says what an Event is.
type EventKind uint8

// The kinds of events.
const (
	HeaderWrite EventKind = iota // Key is set to Value
	Returned                     // the root returns Args
	Configured                   // Row applies a configuration that is in Args
	FieldSet                     // a field of a configuration, Row, is given Value
	Escaped                      // a closure, Key, is handed to somebody
)

// An Event is something that the code does and that reports are about.
type Event struct {
	Kind     EventKind
	Site     Site
	Calls    []Site // the calls on the way from the root, outermost first
	Named    Site   // where the code says which header it is; Site, or a call on the way there
	Key      string // header name in lower case
	Value    *Value
	Args     []*Value
	Row      *model.Row
	NoOrigin bool // the program has removed the request's Origin before
	memory   *heap
	held     string            // what tells memory, as far as Args and Value reach, from others
	Response map[string]*Value // response headers so far, this one included; names in lower case
}

// A Run is a finished replay.
type Run struct {
	Events    []*Event
	Closures  []Closure
	Checks    []Check
	Literals  []string // constants that values of the request were compared with
	Called    map[string]bool
	Exhausted bool // a bound was reached

	nodes []node
}

// Replay runs the code from root on the request.
//
// What a path takes for known of an unknown value matters only where the value
// is asked about again, and telling paths apart by what does not matter costs
// the most. So the first replay takes nothing for known, and only notes what is
// asked about in several places; where it comes to something that reports are
// about, it is repeated with that.
func (e *Engine) Replay(root Root, request *Request) *Run {
	relevant := map[string]bool{}
	m := e.replay(root, request, false, relevant)
	for range maxRefinements {
		if m.run.Exhausted || !m.reports() || !m.refine(relevant) {
			break
		}
		m = e.replay(root, request, false, relevant)
	}
	if m.run.Exhausted {
		m = e.replay(root, request, true, relevant)
	}
	return m.run
}

// reports reports whether the replay came to something that reports are about.
func (m *machine) reports() bool {
	return slices.ContainsFunc(m.run.Events, func(e *Event) bool { return e.Kind != Returned && e.Kind != Escaped })
}

// refine adds to relevant what was asked about in several places, and reports
// whether there was anything to add.
func (m *machine) refine(relevant map[string]bool) bool {
	added := false
	for name, sites := range m.asked {
		if len(sites) > 1 && !relevant[name] {
			relevant[name] = true
			added = true
		}
	}
	return added
}

// replay is one replay; coarse means to follow only calls that come to
// something that is reported on, and to join states early.
func (e *Engine) replay(root Root, request *Request, coarse bool, relevant map[string]bool) *machine {
	m := &machine{
		engine:   e,
		coarse:   coarse,
		relevant: relevant,
		asked:    map[string]map[string]bool{},
		request:  request,
		run:      &Run{Called: map[string]bool{}},
		places:   map[string][]place{},
		counts:   map[string][]*state{},
		seen:     map[string]bool{},
		escaped:  map[string]int{},
	}
	m.start(root)
	for len(m.work) > 0 && !m.run.Exhausted {
		s := m.work[len(m.work)-1]
		m.work = m.work[:len(m.work)-1]
		m.advance(s)
	}
	return m
}

// Same reports whether two events are the same but for the path that led there.
func (e *Event) Same(other *Event) bool {
	return e.Kind == other.Kind && e.Named == other.Named && e.held == other.held
}

// Ask replays a call of a function value that an event's configuration holds,
// with those arguments. It returns nil if the function's code is not known.
func (e *Engine) Ask(event *Event, fn *Value, args []*Value, request *Request) *Run {
	if fn.Kind != Function {
		return nil
	}
	root := Root{Args: args, memory: event.memory, Func: e.Code.Func(fn.Text)}
	if fn.Open { // a bound method: its binding is the receiver
		root.Args = append(slices.Clone(fn.Elems), args...)
	} else {
		root.Bindings = fn.Elems
	}
	if root.Func != nil && len(root.Func.Blocks) > 0 {
		return e.Replay(root, request)
	}
	for i, arg := range root.Args {
		if arg == nil {
			root.Args = root.Args[:i] // natives take what is known, and no more
			break
		}
	}
	if native := natives[fn.Text]; native != nil {
		if v := native(root.Args); v != nil {
			returned := &Event{Kind: Returned, Args: []*Value{v}}
			return &Run{Events: []*Event{returned}, nodes: []node{{events: []*Event{returned}}}, Literals: literalsOf(root.Args)}
		}
	}
	return nil
}

func literalsOf(args []*Value) []string {
	var texts []string
	for _, arg := range args {
		if arg == nil {
			continue
		}
		texts = append(texts, literalsIn(arg)...)
	}
	return texts
}

type machine struct {
	engine   *Engine
	coarse   bool
	relevant map[string]bool            // names of which paths remember what they took them for
	asked    map[string]map[string]bool // by name, where conditions were about it
	request  *Request
	run      *Run
	work     []*state
	places   map[string][]place  // nodes by what tells their states apart
	counts   map[string][]*state // states by where they are
	seen     map[string]bool     // closures, checks and literals recorded
	escaped  map[string]int      // contexts kept, by closure
	steps    int
	cost     int
	weight   int // of a state of the current function
}

// A state is where a path through the code has come to. It owns its top frame
// and its heap; frames below are shared.
type state struct {
	top  *frame
	heap *heap
	node int32
	done bool
}

type frame struct {
	fn    *ir.Func
	block int32
	pc    int
	regs  []*Value
	up    *frame
	depth int
	id    string // tells calls apart, for the names of what they make

	defers []callee // put off until the return, first one first
}

// A place is a node with what its state takes for known of unknown values.
type place struct {
	facts map[string]*Value
	node  int32
}

func (m *machine) start(root Root) {
	s := &state{heap: newHeap()}
	if root.memory != nil {
		s.heap = root.memory.fork()
	}
	s.top = newFrame(root.Func, nil)
	for i, p := range root.Func.Params {
		t := root.Func.TypeOf(p.Type)
		arg := unknown("p:"+p.Name, t, 0)
		if m.engine.Table.Find("request", t.Name) != nil {
			arg.Text = "r:" + p.Name
		}
		if i < len(root.Args) && root.Args[i] != nil {
			arg = root.Args[i]
		}
		s.top.regs[i] = arg
	}
	bind(s.top, root.Func, root.Bindings)
	s.node = m.newNode()
	m.work = append(m.work, s)
}

func bind(f *frame, fn *ir.Func, bindings []*Value) {
	for i, free := range fn.Free {
		v := unknown("f:"+fn.Outer+":"+free.Name, fn.TypeOf(free.Type), 0)
		if i < len(bindings) {
			v = bindings[i]
		}
		f.regs[len(fn.Params)+i] = v
	}
}

func newFrame(fn *ir.Func, up *frame) *frame {
	f := &frame{fn: fn, regs: make([]*Value, fn.Regs), up: up}
	if up != nil {
		f.depth = up.depth + 1
		f.id = up.id + "/" + strconv.Itoa(int(up.block)) + "." + strconv.Itoa(up.pc)
	}
	return f
}

func (m *machine) newNode() int32 {
	m.run.nodes = append(m.run.nodes, node{})
	m.cost += m.weight
	m.engine.spent += m.weight
	if len(m.run.nodes) > maxNodes || m.cost > maxCost || m.engine.spent > maxSpent {
		m.run.Exhausted = true
	}
	return int32(len(m.run.nodes) - 1)
}

// advance runs s until its path ends, forks, or meets another.
func (m *machine) advance(s *state) {
	for !s.done {
		m.steps++
		if m.steps > maxSteps {
			m.run.Exhausted = true
			return
		}
		f := s.top
		m.weight = 1 + len(f.regs)/sizeOfUnit
		instr := &f.fn.Blocks[f.block].Instrs[f.pc]
		m.execute(s, instr)
	}
}

// set gives the instruction's register its value and goes on behind it.
func (s *state) set(instr *ir.Instr, v *Value) {
	if instr.Dst >= 0 {
		s.top.regs[instr.Dst] = v
	}
	s.top.pc++
}

// arg returns the value of an operand of the top frame.
func (m *machine) arg(s *state, o ir.Operand) *Value {
	if o >= 0 {
		if v := s.top.regs[o]; v != nil {
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
		f.regs[target.Instrs[k].Dst] = v
	}
}

// meet ends the path of s if another one has been in the same state, and makes
// a node of it otherwise.
func (m *machine) meet(s *state) {
	s.prune()
	facts := s.facts()
	key, where := s.keys()
	if states := m.counts[where]; len(m.places[key]) == 0 {
		if len(states) >= maxStates || m.coarse && len(states) >= maxStates/6 {
			s.join(states[len(states)-1])
			facts = s.facts()
			key, _ = s.keys()
		}
		if len(m.places[key]) == 0 {
			m.counts[where] = append(states, s.snapshot())
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

func (m *machine) link(from, to int32) {
	n := &m.run.nodes[from]
	n.succs = append(n.succs, to)
}

// fork goes on with a copy of s for each arm.
func (m *machine) fork(s *state, who choice, instr *ir.Instr, arms ...func(*state)) {
	m.run.nodes[s.node].choice = who
	m.run.nodes[s.node].site = Site{s.top.fn, instr.Pos}
	s.done = true
	first := len(m.work)
	for _, enter := range arms {
		arm := s.copy()
		arm.node = m.newNode()
		m.link(s.node, arm.node)
		enter(arm)
		if !arm.done {
			m.work = append(m.work, arm)
		}
	}
	slices.Reverse(m.work[first:]) // the last one is taken first
}

func (s *state) copy() *state {
	return &state{top: s.top.copy(), heap: s.heap.fork(), node: s.node}
}

func (f *frame) copy() *frame {
	c := *f
	c.regs = append([]*Value(nil), f.regs...)
	return &c
}

// snapshot is a copy for comparing and joining only.
func (s *state) snapshot() *state { return s.copy() }

// prune forgets registers of the top frame that nothing reads any more.
func (s *state) prune() {
	f := s.top
	b := &f.fn.Blocks[f.block]
	kept := make([]*Value, len(f.regs))
	for _, r := range b.LiveIn {
		kept[r] = f.regs[r]
	}
	for k := range b.Instrs {
		if b.Instrs[k].Op != ir.Phi {
			break
		}
		kept[b.Instrs[k].Dst] = f.regs[b.Instrs[k].Dst]
	}
	f.regs = kept
}

// keys returns a text that tells the state from others, but for what it takes
// for known, and one that says only where it is.
func (s *state) keys() (key, where string) {
	var b, w []byte
	reached := map[string]bool{}
	for f := s.top; f != nil; f = f.up {
		w = append(w, f.fn.Name...)
		w = append(w, ' ')
		w = strconv.AppendInt(w, int64(f.block), 10)
		w = append(w, '.')
		w = strconv.AppendInt(w, int64(f.pc), 10)
		w = append(w, '\n')
		for r, v := range f.regs {
			if v == nil {
				continue
			}
			b = strconv.AppendInt(b, int64(r), 10)
			b = append(append(b, '='), v.Key()...)
			b = append(b, ' ')
			s.heap.reach(v, reached)
		}
		for _, c := range f.defers {
			b = append(append(b, " defer "...), c.name...)
			for _, v := range append(c.bindings, c.args...) {
				b = append(b, v.Key()...)
				s.heap.reach(v, reached)
			}
		}
		b = append(b, '\n')
	}
	s.heap.reachPermanent(reached)
	facts := s.heap.objects[factsObject]
	s.heap.collect(reached)
	b = s.heap.appendKey(b, reached)
	if facts != nil {
		s.heap.objects[factsObject] = facts
	}
	return string(w) + string(b), string(w)
}

// factsObject holds what the path takes for known of unknown values, by name.
const factsObject = "@facts"

// facts returns them; they are not changed any more.
func (s *state) facts() map[string]*Value {
	if o := s.heap.objects[factsObject]; o != nil {
		o.shared = true
		return o.cells
	}
	return nil
}

func (s *state) setFacts(facts map[string]*Value) {
	s.heap.drop(factsObject)
	for name, v := range facts {
		s.heap.writable(factsObject).cells[name] = v
	}
}

func contains(facts, few map[string]*Value) bool {
	for name, v := range few {
		if w := facts[name]; w == nil || w.Key() != v.Key() {
			return false
		}
	}
	return true
}

func common(a, b map[string]*Value) map[string]*Value {
	both := map[string]*Value{}
	for name, v := range a {
		if w := b[name]; w != nil && w.Key() == v.Key() {
			both[name] = v
		}
	}
	return both
}

// assume takes the named unknown value for known on this path.
func (m *machine) assume(s *state, v *Value, known *Value) {
	if v.Kind == Unknown && m.relevant[v.Text] && isStable(v) {
		s.heap.writable(factsObject).cells[v.Text] = known
	}
}

// isStable reports whether a value is known, or unknown under a name that means
// the same wherever it is met: that of a setting, or of a part of the request.
func isStable(v *Value) bool {
	if v.Kind != Unknown {
		return v.Known()
	}
	for _, prefix := range []string{"p:", "f:", "r:", globalPrefix, cellPrefix, "request.", "header ", "(", "!"} {
		if strings.HasPrefix(v.Text, prefix) {
			return true
		}
	}
	// A field of what unknown code returned: the name is renewed when the code is
	// called again.
	_, path, returned := strings.Cut(v.Text, "#")
	return returned && strings.Contains(path, ".")
}

// resolve returns what the path takes v for.
func (s *state) resolve(v *Value) *Value {
	if v.Kind != Unknown || v.Text == "" {
		return v
	}
	if known := s.facts()[v.Text]; known != nil {
		return known
	}
	if o := s.heap.objects[stainsObject]; o != nil && o.cells[v.Text] != nil {
		return withTaint(v, Guarded, nil)
	}
	return v
}

// stainsObject holds the names of unknown values that request data was written
// into.
const stainsObject = "@stains"

// renew forgets what is known of a name that is given to another value now.
func (s *state) renew(name string) {
	facts := s.facts()
	for fact := range facts {
		if strings.Contains(fact, name) {
			delete(s.heap.writable(factsObject).cells, fact)
		}
	}
	s.heap.drop(name)
}

// join makes s cover the state other as well.
func (s *state) join(other *state) {
	s.top = joinFrames(s.top, other.top)
	s.heap = s.heap.fork()
	for name, o := range other.heap.objects {
		s.heap.joinObject(name, o)
	}
	s.setFacts(common(s.facts(), other.facts()))
}

func joinFrames(f, g *frame) *frame {
	if f == nil {
		return nil
	}
	joined := f.copy()
	for r, v := range f.regs {
		if v != nil && g.regs[r] != nil {
			joined.regs[r] = join(v, g.regs[r])
		}
	}
	joined.up = joinFrames(f.up, g.up)
	return joined
}

func (h *heap) joinObject(name string, other *object) {
	if h.objects[name] == nil || name == factsObject {
		return
	}
	o := h.writable(name)
	o.open = o.open || other.open
	for path, v := range o.cells {
		if w := other.cells[path]; w != nil {
			o.cells[path] = join(v, w)
		} else {
			o.cells[path] = &Value{Kind: Unknown, Taint: join(v, noValue).Taint}
		}
	}
	for path, w := range other.cells {
		if o.cells[path] == nil {
			o.cells[path] = &Value{Kind: Unknown, Taint: join(w, noValue).Taint}
		}
	}
}

// site is where the state stands.
func (s *state) site(pos token.Pos) Site { return Site{s.top.fn, pos} }

// calls returns the calls that led here, outermost first.
func (s *state) calls() []Site {
	var sites []Site
	for f := s.top.up; f != nil; f = f.up {
		sites = append([]Site{{f.fn, f.fn.Blocks[f.block].Instrs[f.pc].Pos}}, sites...)
	}
	return sites
}
