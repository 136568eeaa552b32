package flow

import (
	"crypto/sha256"
	"go/token"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// A state is where a path through the code has come to. It owns its top frame
// and its heap; frames below are shared.
type state struct {
	top  *frame
	heap *heap
	node int32
	path int32 // the node of the last choice
	way  *way  // the innermost arm of a choice by configuration that it is on
	done bool
}

type frame struct {
	fn    *ir.Func
	block int32
	pc    int
	regs  registers
	up    *frame
	depth int
	id    string // tells calls apart, for the names of what they make
	aside bool   // a go statement made it: where it returns, its way ends
	path  int32  // that of the state when it was entered

	// handed are the packages of the functions and implementations that a caller in
	// another package hands on.
	handed []string

	defers []callee // put off until the return, first one first
}

// A place is a node with what its state takes for known of unknown values.
type place struct {
	facts map[string]*Value
	node  int32
}

func (s *state) copy() *state {
	return &state{top: s.top.copy(), heap: s.heap.fork(), node: s.node, path: s.path, way: s.way}
}

func (f *frame) copy() *frame {
	c := *f
	c.regs = f.regs.copy()
	return &c
}

// passOn returns a state with all that s owns, which ends there.
func (s *state) passOn() *state {
	s.done = true
	return &state{top: s.top, heap: s.heap, node: s.node, path: s.path, way: s.way}
}

// prune forgets registers of the top frame that nothing reads any more.
func (s *state) prune() {
	f := s.top
	b := &f.fn.Blocks[f.block]
	kept := newRegisters(f.fn.Regs)
	for _, r := range b.LiveIn {
		kept.set(int(r), f.regs.get(int(r)))
	}
	for k := range b.Instrs {
		if b.Instrs[k].Op != ir.Phi {
			break
		}
		dst := int(b.Instrs[k].Dst)
		kept.set(dst, f.regs.get(dst))
	}
	f.regs = kept
}

// A stateKey tells states apart, but for what they take for known: the SHA-256
// of where the state is and of all that it holds. The texts themselves would
// take most of the memory of a large replay.
type stateKey [sha256.Size]byte

// A keyWriter has the room in which keys are made, one after the other.
type keyWriter struct {
	text    []byte
	reached objects
}

// keys returns what tells the state from others, and a text that says only where
// it is. What nothing reaches any more is dropped from its heap.
func (w *keyWriter) keys(s *state) (key stateKey, where string) {
	where = s.where()
	clear(w.reached)
	b := append(w.text[:0], where...)
	for f := s.top; f != nil; f = f.up {
		for r, v := range f.regs.all {
			b = strconv.AppendInt(b, int64(r), 10)
			b = v.appendKey(append(b, '='))
			b = append(b, ' ')
			s.heap.reach(v, w.reached)
		}
		for _, c := range f.defers {
			b = append(append(b, " defer "...), c.name...)
			for _, v := range append(c.bindings, c.args...) {
				b = v.appendKey(b)
				s.heap.reach(v, w.reached)
			}
		}
		b = append(b, '\n')
	}
	s.heap.reachPermanent(w.reached)
	w.text = s.heap.keep(b, w.reached)
	return sha256.Sum256(w.text), where
}

// where says which code the state is in.
func (s *state) where() string {
	var w []byte
	for f := s.top; f != nil; f = f.up {
		w = append(w, f.fn.Name...)
		w = append(w, ' ')
		w = strconv.AppendInt(w, int64(f.block), 10)
		w = append(w, '.')
		w = strconv.AppendInt(w, int64(f.pc), 10)
		w = append(w, '\n')
	}
	return string(w)
}

// factsObject holds what the path takes for known of unknown values, by name.
const factsObject = "@facts"

// facts returns them; they are not changed any more.
func (s *state) facts() map[string]*Value {
	if o := s.heap.object(factsObject); o != nil {
		o.owner = nil
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
		if w := facts[name]; w == nil || !w.same(v) {
			return false
		}
	}
	return true
}

func common(a, b map[string]*Value) map[string]*Value {
	both := map[string]*Value{}
	for name, v := range a {
		if w := b[name]; w != nil && w.same(v) {
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
	for _, prefix := range []string{"p:", "f:", "r:", settingPrefix, globalPrefix, cellPrefix, "request.", "header ", "(", "!"} {
		if strings.HasPrefix(v.Text, prefix) {
			return true
		}
	}
	if strings.Contains(v.Text, elementMark) {
		return true
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
	if o := s.heap.object(stainsObject); o != nil && o.cells[v.Text] != nil {
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
	for name, o := range other.heap.objects.Scan {
		s.heap.joinObject(name, o)
	}
	s.setFacts(common(s.facts(), other.facts()))
}

func joinFrames(f, g *frame) *frame {
	if f == nil || f == g {
		return f
	}
	joined := f.copy()
	for r, v := range f.regs.all {
		if other := g.regs.get(r); other != nil {
			joined.regs.set(r, join(v, other))
		}
	}
	joined.up = joinFrames(f.up, g.up)
	return joined
}

func (h *heap) joinObject(name string, other *object) {
	if own := h.object(name); own == nil || own == other || name == factsObject {
		return
	}
	o := h.writable(name)
	o.open, o.filled, o.nested = o.open || other.open, o.filled && other.filled, o.nested || other.nested
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

// here is the place of the instruction that is run.
func (s *state) here() Site {
	instrs := s.top.fn.Blocks[s.top.block].Instrs
	return s.site(instrs[min(s.top.pc, len(instrs)-1)].Pos)
}

// calls returns the calls that led here, outermost first.
func (s *state) calls() []Site {
	var sites []Site
	for f := s.top.up; f != nil; f = f.up {
		sites = append([]Site{{f.fn, f.fn.Blocks[f.block].Instrs[f.pc].Pos}}, sites...)
	}
	return sites
}
