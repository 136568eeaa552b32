package effect

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// decideProcess judges a command by its program and words. One that rows know to
// change something, and one that is fed from outside, acts by itself; one that
// rows know to read, and one of fixed words that say nothing of a change, is
// bookkeeping.
func (r *Result) decideProcess(n *node, cmd ssa.Value, c *Change) {
	words, fixed, from := r.commandLine(n, cmd)
	c.From |= from
	if len(words) == 0 {
		c.Fed = c.From != 0
		return
	}
	c.Call += " " + strings.Join(words[:min(len(words), 3)], " ")
	reads, changes := r.library.judge(words)
	switch {
	case changes:
		c.Strong = true
	case reads:
		c.Minor = "command that reads"
	case fixed:
		c.Minor = "fixed command"
	default:
		c.Fed = true
	}
}

// shells run what their arguments say.
var shells = map[string]bool{"sh": true, "bash": true, "zsh": true, "ash": true, "dash": true, "cmd": true, "powershell": true, "pwsh": true, "sudo": true, "env": true}

// judge says what rows know of a command line.
func (l *library) judge(line []string) (reads, changes bool) {
	name := strings.TrimSuffix(path.Base(line[0]), ".exe")
	if shells[name] {
		return l.judgeScript(line[1:])
	}
	known, ok := l.programs[name]
	if !ok {
		return false, false
	}
	any := func(wanted []string) bool {
		return slices.Contains(wanted, "*") || slices.ContainsFunc(line[1:], func(word string) bool { return slices.Contains(wanted, word) })
	}
	if any(known.changes) {
		return false, true
	}
	return any(known.reads), false
}

// judgeScript looks for programs that change something among the words of a
// script. To read is not enough: another word may be a program, too.
func (l *library) judgeScript(args []string) (reads, changes bool) {
	var script []string
	for _, arg := range args {
		script = append(script, strings.Fields(arg)...)
	}
	for i, word := range script {
		if shells[word] {
			continue
		}
		if _, changes := l.judge(script[i:]); changes {
			return false, true
		}
	}
	return false, false
}

// commandLine returns the known words of the command that a process is made of,
// whether all are known, and what reaches them.
func (r *Result) commandLine(n *node, cmd ssa.Value) (words []string, fixed bool, from Sources) {
	made, ok := single(cmd).(*ssa.Call)
	if !ok {
		return nil, false, r.trace(n, cmd).from
	}
	target := r.calleeOf(n, &made.Call)
	if target == nil || target.process < 0 || target.process >= len(made.Call.Args) {
		return nil, false, r.trace(n, cmd).from
	}
	args := made.Call.Args[target.process:]
	from = r.trace(n, args...).from
	fixed = true
	for _, arg := range append(args[:1:1], elements(args[1:])...) {
		text, _ := r.text(n, arg, 0)
		if text == "" {
			fixed = false
			text = string(unknownMark)
		}
		fixed = fixed && !strings.Contains(text, string(unknownMark))
		words = append(words, text)
	}
	if len(args) > 1 && len(words) == 1 && !isZero(args[1]) {
		fixed = false // a slice that was made elsewhere
	}
	if words[0][0] == unknownMark {
		return nil, false, from
	}
	return words, fixed, from
}

// elements returns what is stored in the array behind a variadic argument.
func elements(variadic []ssa.Value) []ssa.Value {
	if len(variadic) == 0 {
		return nil
	}
	slice, ok := variadic[0].(*ssa.Slice)
	if !ok {
		return variadic[1:]
	}
	var found []ssa.Value
	refs := slice.X.Referrers()
	if refs == nil {
		return nil
	}
	for _, ref := range *refs {
		if place, ok := ref.(*ssa.IndexAddr); ok {
			for _, ref := range *place.Referrers() {
				if store, ok := ref.(*ssa.Store); ok && store.Addr == place {
					found = append(found, store.Val)
				}
			}
		}
	}
	return found
}
