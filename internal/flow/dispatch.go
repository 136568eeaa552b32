package flow

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// A Dispatch is a comparison of the path of a request with a constant, on which it
// depends what a handler does: a case of a switch that serves as a router.
type Dispatch struct {
	Path string // the constant; with … before it where it is compared with the rest of the path only
	Site Site
}

// Dispatch returns the last comparison with a path by which requests come to a goal,
// nil if there is none without which they do not.
func (r *Run) Dispatch(goal func(*Event) bool, strength Strength) *Dispatch {
	if !slices.ContainsFunc(r.nodes, func(n node) bool { return n.choice == attacker && n.looksAtPath() }) {
		return nil
	}
	met := r.Met(goal)
	won := r.solve(met, strength)
	distance := r.distances(met)
	last := -1
	for i := range r.nodes {
		if n := &r.nodes[i]; n.choice == attacker && n.leadsBy(won) && (last < 0 || distance[i] < distance[last]) {
			last = i
		}
	}
	if last < 0 {
		return nil
	}
	n := &r.nodes[last]
	_, path := comparesPath(n.about)
	return &Dispatch{Path: path, Site: n.site}
}

func (n *node) looksAtPath() bool {
	if n.about == nil || len(n.succs) != 2 {
		return false
	}
	_, path := comparesPath(n.about)
	return path != ""
}

// leadsBy reports whether a node is a comparison with a path that is won where the two
// are the same, and there alone.
func (n *node) leadsBy(won []bool) bool {
	if !n.looksAtPath() {
		return false
	}
	same, _ := comparesPath(n.about)
	equal, differing := n.succs[0], n.succs[1]
	if !same {
		equal, differing = differing, equal
	}
	return won[equal] && !won[differing]
}

// comparesPath returns the path that a condition compares with what the sender
// chooses, "" for another condition; same is the truth of one about their being the
// same. What is compared with a text that begins with a slash is a path, or the rest
// of one.
func comparesPath(cond *Value) (same bool, path string) {
	switch cond.Path {
	case "!":
		same, path = comparesPath(cond.Elems[0])
		return !same, path
	case "==", "!=":
		for i, v := range cond.Elems {
			if len(cond.Elems) == 2 && v.Kind == Str && v.Taint == 0 && strings.HasPrefix(v.Text, "/") && cond.Elems[1-i].Taint&Input != 0 {
				return cond.Path == "==", restMark(cond.Elems[1-i]) + v.Text
			}
		}
	}
	return false, ""
}

// restMark is … for what was cut off the path of the request.
func restMark(v *Value) string {
	if strings.HasSuffix(v.Text, ".Path") {
		return ""
	}
	return "…"
}

// maxEntries bounds the functions of one map that are told apart.
const maxEntries = 24

// chooses goes on with each of the functions that a map holds, and with none, where
// the sender chooses the key; it reports whether the look-up is one of those.
func (m *machine) chooses(s *state, instr *ir.Instr) bool {
	container, key := m.arg(s, instr.Args[0]), s.resolve(m.arg(s, instr.Args[1]))
	if container.Kind != Pointer || s.heap.object(container.Text) == nil || key.Kind != Unknown || key.Taint&^(Chosen|Input) != 0 || key.Taint == 0 {
		return false
	}
	names := s.heap.entries(container.Text)
	if len(names) == 0 || len(names) > maxEntries || slices.ContainsFunc(names, func(name string) bool { return !s.isFunctionIn(container, name) }) {
		return false
	}
	m.tryEntries(s, instr, container, key, names)
	return true
}

func (s *state) isFunctionIn(container *Value, name string) bool {
	v := s.heap.load(container.Text, "{"+name+"}")
	return v != nil && (v.Kind == Function || v.Dynamic != "")
}

// tryEntries compares the key with one name after the other.
func (m *machine) tryEntries(s *state, instr *ir.Instr, container, key *Value, names []string) {
	none := func(s *state) {
		m.setEntry(s, instr, zeroOf(s.top.fn.TypeOf(instr.Type)), falseValue)
	}
	if len(names) == 0 {
		none(s)
		return
	}
	m.run.nodes[s.node].about = &Value{Kind: Unknown, Path: "==", Elems: []*Value{key, String(names[0])}, Type: ir.Type{Kind: ir.Bool}, Taint: key.Taint}
	m.fork(s, attacker, instr, func(s *state) {
		m.setEntry(s, instr, s.heap.load(container.Text, "{"+names[0]+"}"), trueValue)
	}, func(s *state) { m.tryEntries(s, instr, container, key, names[1:]) })
}

func (m *machine) setEntry(s *state, instr *ir.Instr, v, found *Value) {
	if instr.CommaOk {
		v = &Value{Kind: Tuple, Elems: []*Value{v, found}}
	}
	s.set(instr, v)
}
