package flow

import (
	"slices"

	"github.com/soplint/soplint/internal/ir"
)

// A choice says who decides which way a state goes on.
type choice uint8

const (
	straight  choice = iota // there is one way, or none
	attacker                // the attacker
	configure               // configuration, or what else the program does not show
	guard                   // a comparison of the request with something unknown
	asked                   // unknown code that was given the request, or a comparison of what the attacker chooses freely
	firstWay                // nobody: it is the first, as the attacker does not know a secret
	secondWay               // nobody: it is the second
	emptied                 // a comparison of the request with a setting that is empty as long as nobody sets it
)

// A node is a state in the graph of a replay.
type node struct {
	choice choice
	succs  []int32
	events []*Event
	site   Site   // where the choice is made
	block  int32  // that it ends
	about  *Value // the condition
}

// Reaching a goal is a game. The attacker wins from a node that meets the goal,
// and from one that leads to a won node: by one way where the attacker chooses,
// by every way where a guard chooses. Who configuration plays for is what the
// Strength says. Wins are the least solution, so going round in a loop for ever
// is none. How often a loop over an unknown list runs counts as the attacker's
// choice: some lists are long and some are empty.

// A Strength says under what an attacker must get somewhere.
type Strength struct {
	// Always asks whether the attacker gets there under every configuration,
	// and not only under some.
	Always bool

	// Regardless takes for guards only checks of the Origin, of what else a page
	// cannot choose, and of secrets as such. Unknown code that is asked about the
	// request as a whole rather asks who the user is, and what a parameter is
	// compared with rather is a name that anybody may know.
	Regardless bool

	// Avoid leaves out the ways by these nodes, as Met returns them; nil leaves out none.
	Avoid []bool
}

// The strengths that most questions have.
var (
	Possible = Strength{}
	Certain  = Strength{Always: true}
)

// Reaches reports whether an attacker can bring the program to an event for
// which goal is true, whatever guards decide.
func (r *Run) Reaches(goal func(*Event) bool, strength Strength) bool {
	if len(r.nodes) == 0 {
		return false
	}
	return r.solve(r.Met(goal), strength)[0]
}

// ReachesLike does so for the events of the kind of that one that are at its site. A
// run may have thousands of events, each of which is asked about.
func (r *Run) ReachesLike(event *Event, strength Strength) bool {
	if r.placed == nil {
		r.placed = map[occasion][]int32{}
		for i := range r.nodes {
			for _, e := range r.nodes[i].events {
				r.placed[occasion{e.Kind, e.Site}] = append(r.placed[occasion{e.Kind, e.Site}], int32(i))
			}
		}
	}
	met := make([]bool, len(r.nodes))
	for _, i := range r.placed[occasion{event.Kind, event.Site}] {
		met[i] = true
	}
	return len(r.nodes) > 0 && r.solve(met, strength)[0]
}

// An occasion is what many events may have in common.
type occasion struct {
	kind EventKind
	site Site
}

// Met returns the nodes with an event for which goal is true.
func (r *Run) Met(goal func(*Event) bool) []bool {
	met := make([]bool, len(r.nodes))
	for i := range r.nodes {
		met[i] = slices.ContainsFunc(r.nodes[i].events, goal)
	}
	return met
}

// A Decider is a condition of the program's configuration that decides whether
// the attacker gets somewhere.
type Decider struct {
	Site  Site
	Block int32  // of the function there, which the condition ends
	Text  string // what it is about, as the source names it
	Empty bool   // it is about whether a list or text is empty or absent

	// Nil is the type whose pointer it is about, where it asks whether that is nil.
	Nil string

	// Wildcard is set where it is about whether something is "*".
	Wildcard bool

	// Address is set where it is about the address that the request comes from.
	Address bool

	// Compared is set where it is about whether the request has what is set.
	Compared bool

	// Bypass is set where the condition decides whether a guard is asked.
	Bypass bool

	// Opens is set where it is a switch that is on, or something that is empty,
	// that lets the attacker pass.
	Opens bool
}

// opens reports whether the way that a switch takes when it is on, or that is
// taken when something is empty, is the one that is won.
func opens(n *node, won []bool) bool {
	switch {
	case len(n.succs) != 2:
		return false
	case n.about.Path == "" && n.about.Type.Kind == ir.Bool, aboutEmpty(n.about) && emptyIfTrue(n.about):
		return won[n.succs[0]]
	case n.about.Path != "" && aboutEmpty(n.about):
		return won[n.succs[1]]
	}
	return false
}

// Deciders returns the conditions of which one way leads to the goal and
// another does not, the furthest from the goal first.
func (r *Run) Deciders(goal func(*Event) bool) []Decider {
	met := r.Met(goal)
	won, always := r.solve(met, Possible), r.solve(met, Certain)
	var deciders []Decider
	seen := map[string]bool{}
	distance := r.distances(met)
	order := make([]int, len(r.nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return distance[a] - distance[b] })
	for _, i := range order {
		n := &r.nodes[i]
		if !n.isSetUp() || !decides(n, won) && !decides(n, always) {
			continue
		}
		d := n.decider(won)
		d.Bypass = r.meets(int32(i), won, (*node).guards)
		if d.Wildcard = aboutWildcard(n.about); d.Wildcard && d.Text == "" {
			d.Text = "a * in the list"
		}
		if d.Text != "" && !seen[d.Text] {
			seen[d.Text] = true
			deciders = append(deciders, d)
		}
	}
	slices.Reverse(deciders)
	return deciders
}

// isSetUp reports whether a setting of the program decides which way a state goes on.
func (n *node) isSetUp() bool { return n.choice == configure || n.choice == emptied }

func (n *node) decider(won []bool) Decider {
	return Decider{Site: n.site, Block: n.block, Text: describe(n.about), Empty: aboutEmpty(n.about), Nil: aboutNil(n.about), Address: n.about.Taint&Address != 0, Compared: n.choice == emptied, Opens: opens(n, won)}
}

// decides reports whether one way from n is won and another is not.
func decides(n *node, won []bool) bool { return some(n.succs, won) && !all(n.succs, won) }

// distances returns how many steps each node is from one that meets the goal.
func (r *Run) distances(met []bool) []int {
	distance := make([]int, len(r.nodes))
	var work []int32
	before := make([][]int32, len(r.nodes))
	for i := range r.nodes {
		distance[i] = len(r.nodes)
		if met[i] {
			distance[i] = 0
			work = append(work, int32(i))
		}
		for _, s := range r.nodes[i].succs {
			before[s] = append(before[s], int32(i))
		}
	}
	for len(work) > 0 {
		at := work[0]
		work = work[1:]
		for _, b := range before[at] {
			if distance[b] == len(r.nodes) {
				distance[b] = distance[at] + 1
				work = append(work, b)
			}
		}
	}
	return distance
}

// guards reports whether something of the request is compared with something unknown.
func (n *node) guards() bool {
	return n.choice == guard && n.about != nil && n.about.Taint&Guarded != 0
}

// meets reports whether a way from n that is not won comes to such a node: then the
// condition at n decides whether what stands there is asked.
func (r *Run) meets(n int32, won []bool, such func(*node) bool) bool {
	seen := map[int32]bool{n: true}
	work := []int32{n}
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		if such(&r.nodes[at]) {
			return true
		}
		for _, s := range r.nodes[at].succs {
			if !seen[s] && !won[s] {
				seen[s] = true
				work = append(work, s)
			}
		}
	}
	return false
}

// solve returns the nodes from which the attacker wins.
func (r *Run) solve(met []bool, strength Strength) []bool {
	won := slices.Clone(met)
	avoided := strength.Avoid
	if avoided == nil {
		avoided = make([]bool, len(r.nodes))
	}
	for i := range won {
		won[i] = won[i] && !avoided[i]
	}
	for changed := true; changed; {
		changed = false
		for i := len(r.nodes) - 1; i >= 0; i-- {
			if !won[i] && !avoided[i] && r.nodes[i].wins(won, strength) {
				won[i] = true
				changed = true
			}
		}
	}
	return won
}

func (n *node) wins(won []bool, strength Strength) bool {
	switch n.choice {
	case firstWay:
		return won[n.succs[0]]
	case secondWay:
		return won[n.succs[1]]
	}
	if n.choice == guard || n.isSetUp() && strength.Always || n.choice == asked && !strength.Regardless {
		return len(n.succs) > 0 && all(n.succs, won)
	}
	return some(n.succs, won)
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
