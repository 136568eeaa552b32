package flow

import "github.com/soplint/soplint/internal/ir"

// outcomes are the truth values that a function may return.
type outcomes uint8

const (
	mayBeTrue outcomes = 1 << iota
	mayBeFalse
	mayBeBoth = mayBeTrue | mayBeFalse
)

// always returns the truth value that a function returns whatever it is given,
// if there is only one. A call of itself adds none: where it returns, it does so
// with what another return gives.
func (e *Engine) always(name string) (truth, decided bool) {
	known, done := e.outcomes[name]
	if !done {
		if e.outcomes == nil {
			e.outcomes = map[string]outcomes{}
		}
		known = outcomesOf(e.Code.Func(name))
		e.outcomes[name] = known
	}
	return known == mayBeTrue, known == mayBeTrue || known == mayBeFalse
}

func outcomesOf(fn *ir.Func) outcomes {
	if fn == nil || len(fn.Results) != 1 || fn.TypeOf(fn.Results[0]).Kind != ir.Bool {
		return mayBeBoth
	}
	of := outcomeSearch{fn: fn, made: map[ir.Operand]*ir.Instr{}, seen: map[ir.Operand]bool{}}
	var returned []ir.Operand
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			instr := &fn.Blocks[b].Instrs[i]
			if instr.Op == ir.Return {
				returned = append(returned, instr.Args[0])
			}
			if instr.Dst >= 0 {
				of.made[ir.Operand(instr.Dst)] = instr
			}
		}
	}
	return of.any(returned)
}

// An outcomeSearch looks for what values of a function may be.
type outcomeSearch struct {
	fn   *ir.Func
	made map[ir.Operand]*ir.Instr
	seen map[ir.Operand]bool
}

func (s *outcomeSearch) any(values []ir.Operand) (all outcomes) {
	for _, v := range values {
		all |= s.value(v)
	}
	return all
}

func (s *outcomeSearch) value(v ir.Operand) outcomes {
	if v < 0 {
		if c := s.fn.Const(v); c.Kind != ir.BoolConst {
			return mayBeBoth
		} else if c.Int != 0 {
			return mayBeTrue
		}
		return mayBeFalse
	}
	if s.seen[v] {
		return 0 // counted already
	}
	s.seen[v] = true
	instr := s.made[v]
	switch {
	case instr == nil:
		return mayBeBoth
	case instr.Op == ir.Phi:
		return s.any(instr.Args)
	case instr.Op == ir.Call && instr.Sym == s.fn.Name:
		return 0
	}
	return mayBeBoth
}
