package flow

import "slices"

// A choice says who decides which way a state goes on.
type choice uint8

const (
	straight  choice = iota // there is one way, or none
	attacker                // the attacker
	configure               // configuration, or what else the program does not show
	guard                   // a comparison of the request with something unknown
)

// A node is a state in the graph of a replay.
type node struct {
	choice choice
	succs  []int32
	events []*Event
	site   Site   // where the choice is made
	about  *Value // the condition
}

// Reaching a goal is a game. The attacker wins from a node that meets the goal,
// and from one that leads to a won node: by one way where the attacker chooses,
// by every way where a guard chooses. Who configuration plays for is what the
// Strength says. Wins are the least solution, so going round in a loop for ever
// is no win; that it is no loss either, so a loop over an unknown list before
// the goal does not hide it, is why Certain is defined by what is lost.

// A Strength says under which configurations an attacker must get somewhere.
type Strength uint8

const (
	// Possible asks whether there is a configuration under which the attacker
	// gets there.
	Possible Strength = iota
	// Certain asks whether the attacker gets there under every configuration.
	Certain
)

// Reaches reports whether an attacker can bring the program to an event for
// which goal is true, whatever guards decide.
func (r *Run) Reaches(goal func(*Event) bool, strength Strength) bool {
	if r.Exhausted || len(r.nodes) == 0 {
		return false
	}
	met := r.met(goal)
	if !r.solve(met, (*node).wins)[0] {
		return false
	}
	if strength == Possible {
		return true
	}
	// What comes after the goal cannot undo it, so a node that meets it is
	// never lost.
	lost := r.solveExcept(met, r.deadEnds(met), (*node).loses)
	return !lost[0]
}

// met returns the nodes with an event for which goal is true.
func (r *Run) met(goal func(*Event) bool) []bool {
	met := make([]bool, len(r.nodes))
	for i := range r.nodes {
		for _, e := range r.nodes[i].events {
			met[i] = met[i] || goal(e)
		}
	}
	return met
}

// A Decider is a condition of the program's configuration that decides whether
// the attacker gets somewhere.
type Decider struct {
	Site  Site
	Text  string // what it is about, as the source names it
	Empty bool   // it is about whether a list or text is empty or absent
}

// Deciders returns the conditions of which one way leads to the goal and
// another does not, first met first.
func (r *Run) Deciders(goal func(*Event) bool) []Decider {
	met := r.met(goal)
	won := r.solve(met, (*node).wins)
	var deciders []Decider
	seen := map[string]bool{}
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.choice != configure || !some(n.succs, won) || all(n.succs, won) {
			continue
		}
		d := Decider{Site: n.site, Text: describe(n.about), Empty: aboutEmpty(n.about)}
		if d.Text != "" && !seen[d.Text] {
			seen[d.Text] = true
			deciders = append(deciders, d)
		}
	}
	return deciders
}

// solve returns the least set of nodes that holds those of start and is closed
// under step.
func (r *Run) solve(start []bool, step func(*node, []bool) bool) []bool {
	return r.solveExcept(make([]bool, len(start)), start, step)
}

// solveExcept is solve among the nodes that are not in except.
func (r *Run) solveExcept(except, start []bool, step func(*node, []bool) bool) []bool {
	set := slices.Clone(start)
	for changed := true; changed; {
		changed = false
		for i := len(r.nodes) - 1; i >= 0; i-- {
			if !set[i] && !except[i] && step(&r.nodes[i], set) {
				set[i] = true
				changed = true
			}
		}
	}
	return set
}

// wins reports whether the attacker gets on from n to a node that is won: by
// one way where the attacker or configuration chooses, by every way where a
// guard does.
func (n *node) wins(won []bool) bool {
	if n.choice == guard {
		return len(n.succs) > 0 && all(n.succs, won)
	}
	return some(n.succs, won)
}

// deadEnds returns the nodes at which the code ends with the goal not met.
func (r *Run) deadEnds(met []bool) []bool {
	ends := make([]bool, len(r.nodes))
	for i := range r.nodes {
		ends[i] = len(r.nodes[i].succs) == 0 && !met[i]
	}
	return ends
}

// loses reports whether configuration or a guard can take the attacker from n
// to a dead end.
func (n *node) loses(lost []bool) bool {
	if n.choice == attacker {
		return len(n.succs) > 0 && all(n.succs, lost)
	}
	return some(n.succs, lost)
}

func all(succs []int32, set []bool) bool {
	for _, s := range succs {
		if !set[s] {
			return false
		}
	}
	return true
}

func some(succs []int32, set []bool) bool {
	for _, s := range succs {
		if set[s] {
			return true
		}
	}
	return false
}
