package flow

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// branch goes the way that the condition says, or both where it is not known.
func (m *machine) branch(s *state, instr *ir.Instr) {
	if to := m.engine.shapeOf(s.top.fn).over[s.top.block]; to >= 0 {
		m.pass(s, to)
		return
	}
	given := m.arg(s, instr.Args[0])
	cond := s.resolve(given)
	if cond.Kind == Bool {
		m.ask(s, given)
		m.jump(s, int(1-cond.Int))
		return
	}
	reg := instr.Args[0]
	failing, isNil := m.askedError(s, instr)
	m.decide(s, instr, cond, func(truth bool, who choice) func(*state) {
		return func(s *state) {
			if who == configure {
				s.enter(m.engine.shapeOf(s.top.fn).meets[s.top.block], s.site(instr.Pos), cond, truth)
			}
			if who != configure || !m.engine.EveryRoute { // there one path goes on for all, whatever is set
				if reg >= 0 {
					s.top.regs.set(int(reg), boolValue(truth))
				}
				if failing >= 0 {
					s.top.regs.set(int(failing), errorOrNil(truth != isNil))
				}
				m.assumeCondition(s, cond, truth)
			}
			m.jump(s, map[bool]int{true: 0, false: 1}[truth])
		}
	})
}

// askedError returns the register of an error that the branch asks about and that no
// guard has made, -1 for none, and what the condition is where it is nil. Where it is
// returned, who called asks again, and the answer is the same.
func (m *machine) askedError(s *state, branch *ir.Instr) (register ir.Operand, isNil bool) {
	block := &s.top.fn.Blocks[s.top.block]
	for i := range block.Instrs {
		made := &block.Instrs[i]
		if made.Op != ir.BinOp || ir.Operand(made.Dst) != branch.Args[0] || made.Token != token.EQL && made.Token != token.NEQ {
			continue
		}
		for k, o := range made.Args {
			if o < 0 || m.arg(s, made.Args[1-k]).Kind != Nil {
				continue
			}
			if v := s.top.regs.get(int(o)); v != nil && v.Kind == Unknown && v.Type.Kind == ir.Error && v.Taint&^(Chosen|Input) == 0 {
				return o, made.Token == token.EQL
			}
		}
	}
	return -1, false
}

// errorOrNil is what an error is known to be.
func errorOrNil(failed bool) *Value {
	if failed {
		return newError(nil)
	}
	return nilValue
}

// decide goes on as arm says for each truth of a condition that is not known, or for
// the one that it has where the program serves others.
func (m *machine) decide(s *state, instr *ir.Instr, cond *Value, arm func(truth bool, who choice) func(*state)) {
	who := whoDecides(cond)
	if m.comparesUnset(s, cond) {
		who = emptied
	}
	if truth, decided := m.engine.inProduction(cond); decided {
		arm(truth, who)(s)
		return
	}
	m.ask(s, cond)
	if m.iterates(s, instr, cond) {
		who = attacker // a list is as long as it is
	}
	m.run.nodes[s.node].about = cond
	m.fork(s, who, instr, arm(true, who), arm(false, who))
}

// whoDecides says who decides what a condition is that is not known.
func whoDecides(cond *Value) choice {
	equal, secret := comparesSecret(cond)
	switch {
	case cond.Taint&(Sent|Guarded) != 0:
		return guard
	case secret && equal:
		return secondWay
	case secret:
		return firstWay
	case cond.Taint&(Asked|Secret) != 0:
		return asked
	case cond.Taint&(Chosen|Input) == 0 && configured(cond):
		return configure
	}
	return attacker
}

// comparesSecret reports whether a condition is about a text that the attacker
// chooses being the same as one that the program was set up with: a token, which the
// page does not know, so that the two differ. equal is what the condition is where
// they do not. Text that is found in a list, or by a look-up, rather is a name.
func comparesSecret(cond *Value) (equal, secret bool) {
	switch cond.Path {
	case "!":
		equal, secret = comparesSecret(cond.Elems[0])
		return !equal, secret
	case "==", "!=":
		x, y := cond.Elems[0], cond.Elems[1]
		return cond.Path == "==", isHidden(x) && y.Taint&Input != 0 || isHidden(y) && x.Taint&Input != 0
	}
	return false, false
}

func isHidden(v *Value) bool {
	return v.Kind == Unknown && v.Taint == 0 && (v.Type.Kind == ir.String || v.Type.Kind == ir.Bytes) && isSetting(v.Text)
}

// ask notes that the condition at the end of the current block is about v.
func (m *machine) ask(s *state, v *Value) {
	if v.Kind != Unknown {
		return
	}
	if v.Text != "" && isStable(v) {
		if m.asked[v.Text] == nil {
			m.asked[v.Text] = map[string]bool{}
		}
		m.asked[v.Text][s.top.fn.Name+" "+strconv.Itoa(int(s.top.block))] = true
	}
	for _, e := range v.Elems {
		m.ask(s, e)
	}
}

// iterates reports whether a condition is that of a loop that counts to an
// unknown bound. The counter is unknown from then on: one round stands for all.
func (m *machine) iterates(s *state, instr *ir.Instr, cond *Value) bool {
	switch cond.Path {
	case "<", "<=", ">", ">=", "!=":
	default:
		return false
	}
	counts := false
	block := &s.top.fn.Blocks[s.top.block]
	for i := range block.Instrs {
		made := &block.Instrs[i]
		if made.Op != ir.BinOp || ir.Operand(made.Dst) != instr.Args[0] {
			continue
		}
		for _, o := range made.Args {
			if o >= 0 && m.arg(s, o).Kind == Int && m.arg(s, o).Taint == 0 {
				s.top.regs.set(int(o), unknown("", ir.Type{Kind: ir.Int}, 0))
				counts = true
			} else if o >= 0 && m.arg(s, o).Kind == Unknown && m.arg(s, o).Text == "" && m.arg(s, o).Type.Kind == ir.Int && m.arg(s, o).Taint == 0 {
				counts = true
			}
		}
	}
	return counts
}

// configured reports whether an unknown condition is about how the program is
// set up: about what its functions and variables were given, how long a list is
// that the request has no part in, or an answer that does not depend on it. Whether some operation fails is neither: a
// request that runs into an error can be sent again. Nor is what a cookie holds.
func configured(v *Value) bool {
	for _, e := range v.Elems {
		if e.Kind == Unknown && (e.Type.Kind == ir.Error || strings.HasPrefix(e.Text, cookiePrefix)) {
			return false
		}
	}
	if v.Kind == Unknown && len(v.Elems) == 0 {
		return isSetting(v.Text) || strings.HasSuffix(v.Text, "#len") || v.Type.Kind == ir.Bool || v.Type.Kind == ir.String
	}
	return slices.ContainsFunc(v.Elems, func(e *Value) bool { return e.Kind == Unknown && configured(e) })
}

// isSetting reports whether the name is one of a parameter, a captured
// variable, a package variable or a setting.
func isSetting(name string) bool {
	return strings.HasPrefix(name, settingPrefix) || strings.HasPrefix(name, "p:") || strings.HasPrefix(name, "f:") || strings.HasPrefix(name, globalPrefix)
}

// assumeCondition takes what a condition was made of for known.
func (m *machine) assumeCondition(s *state, cond *Value, truth bool) {
	m.assume(s, cond, boolValue(truth))
	if len(cond.Elems) == 0 {
		return
	}
	switch cond.Path {
	case "!":
		m.assumeCondition(s, cond.Elems[0], !truth)
	case "==", "!=":
		if truth != (cond.Path == "==") {
			return
		}
		x, y := cond.Elems[0], cond.Elems[1]
		if y.Known() {
			m.assume(s, x, y)
		} else if x.Known() {
			m.assume(s, y, x)
		}
	}
}
