// Package selection chooses among checks and rules.
package selection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/nearest"
	"github.com/soplint/soplint/internal/rule"
)

// A Set is the set of rules that findings are wanted of. The last word
// about a rule in -checks counts.
type Set struct {
	checks []rule.Check
	on     map[string]bool // by check/rule
}

// Parse reads the value of -checks: names of checks or check/rule, with
// a dash before those to leave out. A list that only leaves out starts from
// all, any other from none.
func Parse(checks []rule.Check, list string) (*Set, error) {
	s := &Set{checks: checks, on: make(map[string]bool)}
	words := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	startAll := !slices.ContainsFunc(words, func(word string) bool { return !strings.HasPrefix(word, "-") })
	for _, id := range s.ids("all") {
		s.on[id] = startAll
	}
	for _, word := range words {
		name, leaveOut := strings.CutPrefix(word, "-")
		if err := s.Lookup(name); err != nil {
			return nil, err
		}
		for _, id := range s.ids(name) {
			s.on[id] = !leaveOut
		}
	}
	return s, nil
}

// On reports whether the rule with that name, check/rule, is wanted.
func (s *Set) On(id string) bool { return s.on[id] }

// IDs returns the names of the rules that are wanted, check/rule, sorted.
func (s *Set) IDs() []string {
	var ids []string
	for id, on := range s.on {
		if on {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Checks are all that there is to choose from.
func (s *Set) Checks() []rule.Check { return s.checks }

// ids lists the check/rule that name stands for; none if there is no such name.
func (s *Set) ids(name string) []string {
	var ids []string
	add := func(check, rule string) {
		id := check + "/" + rule
		if name == "all" || name == check || name == id {
			ids = append(ids, id)
		}
	}
	for _, c := range s.checks {
		for _, r := range c.Rules {
			add(c.Analyzer.Name, r.Name)
		}
	}
	add(ignore.Check, ignore.Rule)
	return ids
}

// Lookup returns an error that helps if name is neither a check nor a rule.
func (s *Set) Lookup(name string) error {
	if len(s.ids(name)) > 0 {
		return nil
	}
	check, _, isRule := strings.Cut(name, "/")
	if !isRule {
		return fmt.Errorf("unknown check %q%s; run soplint list for all checks", name, nearest.Suggest(name, s.names()))
	}
	rules := s.ids(check)
	if len(rules) == 0 {
		return fmt.Errorf("unknown check %q%s; run soplint list for all checks", check, nearest.Suggest(check, s.names()))
	}
	return fmt.Errorf("unknown rule %q%s; run soplint list for all rules", name, nearest.Suggest(name, rules))
}

func (s *Set) names() []string {
	names := []string{ignore.Check}
	for _, c := range s.checks {
		names = append(names, c.Analyzer.Name)
	}
	return names
}

// Enabled are the checks of which any rule is on.
func (s *Set) Enabled() []rule.Check {
	var out []rule.Check
	for _, c := range s.checks {
		if s.Any(c.Analyzer.Name) {
			out = append(out, c)
		}
	}
	return out
}

// Any reports whether a rule that name stands for is on.
func (s *Set) Any(name string) bool {
	return slices.ContainsFunc(s.ids(name), func(id string) bool { return s.on[id] })
}

// Every reports whether all rules that name stands for are on.
func (s *Set) Every(name string) bool {
	return !slices.ContainsFunc(s.ids(name), func(id string) bool { return !s.on[id] })
}
