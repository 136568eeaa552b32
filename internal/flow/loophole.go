package flow

import "slices"

// Loopholes returns the settings on which it depends that an attacker gets to a goal
// past a check of what a page cannot choose or does not know; none where he gets
// there, or does not, whatever they are.
func (r *Run) Loopholes(goal func(*Event) bool, strength Strength) []Decider {
	if !slices.ContainsFunc(r.nodes, func(n node) bool { return n.isSetUp() && isAboutSetting(n.about) }) {
		return nil
	}
	met := r.Met(goal)
	won := r.solve(met, strength)
	var deciders []Decider
	checked := slices.Clone(r.nodes)
	for i := range r.nodes {
		n := &r.nodes[i]
		if !n.isSetUp() || !decides(n, won) || !isAboutSetting(n.about) || n.choice != emptied && !r.meets(int32(i), won, (*node).checks) {
			continue
		}
		if d := n.decider(won); d.Text != "" {
			checked[i].choice = guard
			deciders = append(deciders, d)
		}
	}
	if len(deciders) == 0 || !won[0] || (&Run{nodes: checked}).solve(met, strength)[0] {
		return nil
	}
	return deciders
}

// checks reports whether the request is compared with what the attacker does not know.
func (n *node) checks() bool {
	return n.choice == firstWay || n.choice == secondWay || n.choice == guard && n.about.Taint&(Sent|Guarded) != 0
}

// isAboutSetting reports whether a condition asks for a setting.
func isAboutSetting(v *Value) bool {
	return v.Kind == Unknown && isSetting(v.Text) || slices.ContainsFunc(v.Elems, isAboutSetting)
}
