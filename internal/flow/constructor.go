package flow

import "github.com/soplint/soplint/internal/ir"

// newlyMade is the Path of what a function returned that had just made it.
const newlyMade = "newly made"

// notNil is the Path of what a function returned that always returns something.
const notNil = "not nil"

// A giving says what the first result of a function is.
type giving struct {
	made      bool // memory that the function makes
	something bool // not nil, of a function whose code is not known
	param     int  // otherwise, the parameter that it is, -1 for none
}

// gives says what the first result of a function is, whichever way it returns.
func (e *Engine) gives(name string) giving {
	if known, done := e.givings[name]; done {
		return known
	}
	if e.givings == nil {
		e.givings = map[string]giving{}
	}
	e.givings[name] = givingOf(e.Code.Func(name))
	if known := e.givings[name]; !known.made && e.Code.Makes(name) {
		e.givings[name] = giving{something: true, param: -1}
	}
	return e.givings[name]
}

func givingOf(fn *ir.Func) giving {
	none := giving{param: -1}
	if fn == nil {
		return none
	}
	var found *giving
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			instr := &fn.Blocks[b].Instrs[i]
			if instr.Op != ir.Return {
				continue
			}
			one := none
			if len(instr.Args) > 0 {
				one = givenBack(fn, instr.Args[0])
			}
			if one == none || found != nil && *found != one {
				return none
			}
			found = &one
		}
	}
	if found == nil {
		return none
	}
	return *found
}

func givenBack(fn *ir.Func, o ir.Operand) giving {
	if o >= 0 && int(o) < len(fn.Params) {
		return giving{param: int(o)}
	}
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			instr := &fn.Blocks[b].Instrs[i]
			if ir.Operand(instr.Dst) == o && o >= 0 {
				return giving{made: instr.Op == ir.Alloc || instr.Op == ir.MakeMap, param: -1}
			}
		}
	}
	return giving{param: -1}
}

// handBack says of the result of a call what is known of it though the callee was not
// followed.
func (m *machine) handBack(c callee, results []*Value) {
	if len(results) == 0 || results[0].Path != "" {
		return
	}
	switch g := m.engine.gives(c.name); {
	case g.made:
		results[0].Path = newlyMade
	case g.something:
		results[0].Path = notNil
	case g.param >= 0 && g.param < len(c.args) && c.args[g.param].Path == newlyMade:
		results[0].Path = newlyMade
	case g.param >= 0 && g.param < len(c.args) && m.madeForRequest(c.args[g.param]):
		results[0] = c.args[g.param]
	}
}
