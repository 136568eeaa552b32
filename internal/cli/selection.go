package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/rule"
)

// A selection is the set of rules that findings are wanted of. The last word
// about a rule in -checks counts.
type selection struct {
	checks []rule.Check
	on     map[string]bool // by check/rule
}

// selectRules reads the value of -checks: names of checks or check/rule, with
// a dash before those to leave out. A list that only leaves out starts from
// all, any other from none.
func selectRules(checks []rule.Check, list string) (*selection, error) {
	s := &selection{checks: checks, on: make(map[string]bool)}
	words := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	startAll := !slices.ContainsFunc(words, func(word string) bool { return !strings.HasPrefix(word, "-") })
	for _, id := range s.ids("all") {
		s.on[id] = startAll
	}
	for _, word := range words {
		name, leaveOut := strings.CutPrefix(word, "-")
		if err := s.lookup(name); err != nil {
			return nil, err
		}
		for _, id := range s.ids(name) {
			s.on[id] = !leaveOut
		}
	}
	return s, nil
}

// ids lists the check/rule that name stands for; none if there is no such name.
func (s *selection) ids(name string) []string {
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

// lookup returns an error that helps if name is neither a check nor a rule.
func (s *selection) lookup(name string) error {
	if len(s.ids(name)) > 0 {
		return nil
	}
	check, _, isRule := strings.Cut(name, "/")
	if !isRule {
		return fmt.Errorf("unknown check %q%s; run soplint list for all checks", name, suggest(name, s.names()))
	}
	rules := s.ids(check)
	if len(rules) == 0 {
		return fmt.Errorf("unknown check %q%s; run soplint list for all checks", check, suggest(check, s.names()))
	}
	return fmt.Errorf("unknown rule %q%s; run soplint list for all rules", name, suggest(name, rules))
}

func (s *selection) names() []string {
	names := []string{ignore.Check}
	for _, c := range s.checks {
		names = append(names, c.Analyzer.Name)
	}
	return names
}

// enabled are the checks of which any rule is on.
func (s *selection) enabled() []rule.Check {
	var out []rule.Check
	for _, c := range s.checks {
		if s.any(c.Analyzer.Name) {
			out = append(out, c)
		}
	}
	return out
}

// any reports whether a rule that name stands for is on.
func (s *selection) any(name string) bool {
	return slices.ContainsFunc(s.ids(name), func(id string) bool { return s.on[id] })
}

// every reports whether all rules that name stands for are on.
func (s *selection) every(name string) bool {
	return !slices.ContainsFunc(s.ids(name), func(id string) bool { return !s.on[id] })
}
