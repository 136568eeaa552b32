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
// if there is only one. A call of itself adds none, nor does one of a function that
// calls it again: where it returns, it does so with what another return gives.
func (e *Engine) always(name string) (truth, decided bool) {
	known, done := e.outcomes[name]
	if !done {
		if e.outcomes == nil {
			e.outcomes = map[string]outcomes{}
		}
		search := outcomeSearch{code: e.Code, seen: map[string]bool{}}
		known = search.function(name)
		e.outcomes[name] = known
	}
	return known == mayBeTrue, known == mayBeTrue || known == mayBeFalse
}

// maxOutcomes bounds the functions that are looked into for what one returns.
const maxOutcomes = 20

// An outcomeSearch gathers what a function may return. What was seen is counted.
type outcomeSearch struct {
	code Code
	seen map[string]bool // functions
}

func (s *outcomeSearch) function(name string) (all outcomes) {
	if s.seen[name] {
		return 0
	}
	s.seen[name] = true
	fn := s.code.Func(name)
	if fn == nil || len(fn.Results) != 1 || fn.TypeOf(fn.Results[0]).Kind != ir.Bool || len(s.seen) > maxOutcomes {
		return mayBeBoth
	}
	returns := returned{search: s, fn: fn, made: map[ir.Operand]*ir.Instr{}, seen: map[ir.Operand]bool{}}
	var values []ir.Operand
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			instr := &fn.Blocks[b].Instrs[i]
			if instr.Op == ir.Return {
				values = append(values, instr.Args[0])
			}
			if instr.Dst >= 0 {
				returns.made[ir.Operand(instr.Dst)] = instr
			}
		}
	}
	return returns.any(values)
}

// returned is what one function returns.
type returned struct {
	search *outcomeSearch
	fn     *ir.Func
	made   map[ir.Operand]*ir.Instr
	seen   map[ir.Operand]bool
}

func (r *returned) any(values []ir.Operand) (all outcomes) {
	for _, v := range values {
		all |= r.value(v)
	}
	return all
}

func (r *returned) value(v ir.Operand) outcomes {
	if v < 0 {
		return constantOutcome(r.fn.Const(v))
	}
	if r.seen[v] {
		return 0
	}
	r.seen[v] = true
	switch instr := r.made[v]; {
	case instr != nil && instr.Op == ir.Phi:
		return r.any(instr.Args)
	case instr != nil && instr.Op == ir.Call:
		return r.search.function(instr.Sym)
	}
	return mayBeBoth
}

func constantOutcome(c *ir.Const) outcomes {
	switch {
	case c.Kind != ir.BoolConst:
		return mayBeBoth
	case c.Int != 0:
		return mayBeTrue
	}
	return mayBeFalse
}
