package flow

import (
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/ssax"
)

// emptyByDefault is the Path of a setting, and of what points to one, that is the
// empty text as long as nobody sets it. A request that leaves a parameter out has the
// empty text for it, too, so where the two are compared such a request is let in.
const emptyByDefault = "empty by default"

// flagOf returns what a call returns that declares a setting by the name which is its
// first argument.
func (m *machine) flagOf(s *state, instr *ir.Instr, args []*Value, preset *Value) (*Value, bool) {
	if len(args) == 0 || args[0].Kind != Str || args[0].Taint != 0 {
		return nil, false
	}
	v := unknown(settingPrefix+"-"+args[0].Text, s.top.fn.TypeOf(instr.Type), 0)
	if preset != nil && preset.Kind == Str && preset.Text == "" && m.engine.leavesEmpty(args[0].Text) {
		v.Path = emptyByDefault
	}
	return v, true
}

// leavesEmpty reports whether a setting that is empty by default may be so where
// requests are answered.
func (e *Engine) leavesEmpty(setting string) bool { return e.Fills != nil && !e.Fills(setting) }

// comparesUnset reports whether a condition is about what the request carries being
// the same as a setting that is empty as long as nobody sets it, and that nothing on
// the way has found to be set.
func (m *machine) comparesUnset(s *state, cond *Value) bool {
	switch cond.Path {
	case "!":
		return m.comparesUnset(s, cond.Elems[0])
	case "==", "!=":
		for i, v := range cond.Elems {
			if v.Path == emptyByDefault && isLeftOut(cond.Elems[1-i]) {
				return !m.foundSet(s, v)
			}
		}
	}
	return false
}

// isLeftOut reports whether a value of the request is the empty text where a page
// leaves it out: a parameter, or a header that it cannot send.
func isLeftOut(v *Value) bool {
	return v.Taint&Input != 0 || v.Kind == Str && v.Text == "" && v.Taint&Sent != 0
}

// foundSet reports whether the code has asked before, on this way, whether a text is
// empty, and it was not.
func (m *machine) foundSet(s *state, v *Value) bool {
	empty, none := String("").Key(), intValue(0).Key()
	found := false
	for _, asked := range []struct {
		question string
		answer   bool // where it is set
	}{
		{"==" + empty, false}, {"!=" + empty, true}, {"#len==" + none, false}, {"#len!=" + none, true}, {"#len>" + none, true},
	} {
		question := "(" + v.Text + asked.question + ")"
		m.ask(s, unknown(question, ir.Type{Kind: ir.Bool}, 0)) // so that the answer is kept
		known := s.facts()[question]
		found = found || known != nil && known.Kind == Bool && known.True() == asked.answer
	}
	return found
}

// fillings is what a package shows of who looks after the settings that are empty by
// default.
type fillings struct {
	declared map[string]bool // the settings that the package declares
	filled   map[string]bool // those that it writes to, or finds empty in code that no request comes to
}

// fills reports whether a setting has a value where requests are answered, or may: the
// package gives it one where nobody else does, or looks whether somebody has before
// it serves. A setting that nobody is seen to declare may have one.
func (p *Package) fills(setting string) bool {
	known := p.fillings()
	return known.filled[setting] || !known.declared[setting] && !slices.Contains(p.empty, setting)
}

// leftEmpty returns the settings that the package declares without filling them.
func (p *Package) leftEmpty() []string {
	if len(p.declared()) == 0 {
		return nil
	}
	known := p.fillings()
	var names []string
	for _, name := range slices.Sorted(maps.Keys(known.declared)) {
		if !known.filled[name] {
			names = append(names, name)
		}
	}
	return names
}

func (p *Package) findFillings() *fillings {
	found := &fillings{declared: p.declared(), filled: map[string]bool{}}
	for _, fn := range p.source.Funcs {
		if len(found.declared)+len(p.empty) > 0 && !p.answers(fn) {
			p.noteFillings(fn, found.filled)
		}
	}
	return found
}

// declared returns the settings that the package declares.
func (p *Package) declared() map[string]bool {
	names := map[string]bool{}
	for _, row := range p.Engine.Table.Rows() {
		if row.Role != "setting.default" || !p.imports(packageOf(row.Symbol)) {
			continue
		}
		for _, call := range p.source.Tracer().CallsOf(row.Symbol) {
			if name, ok := flagName(call.Common()); ok {
				names[name] = true
			}
		}
	}
	return names
}

func (p *Package) imports(path string) bool {
	return slices.ContainsFunc(p.pass.Pkg.Imports(), func(imported *types.Package) bool { return imported.Path() == path })
}

func flagName(call *ssa.CallCommon) (string, bool) {
	first := 0
	if call.Signature().Recv() != nil && !call.IsInvoke() {
		first = 1
	}
	if len(call.Args) <= first {
		return "", false
	}
	return ssax.Text(call.Args[first])
}

// noteFillings notes the settings that a function writes to, or finds empty.
func (p *Package) noteFillings(fn *ssa.Function, filled map[string]bool) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				p.noteFlag(instr.Addr, filled)
			case *ssa.BinOp:
				if instr.Op != token.EQL && instr.Op != token.NEQ {
					continue
				}
				if text, isText := ssax.Text(instr.Y); isText && text == "" {
					if read, ok := instr.X.(*ssa.UnOp); ok {
						p.noteFlag(read.X, filled)
					}
				}
			}
		}
	}
}

// noteFlag notes the settings that a pointer may be.
func (p *Package) noteFlag(pointer ssa.Value, filled map[string]bool) {
	switch pointer.(type) {
	case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Alloc, *ssa.Global:
		return
	}
	for _, source := range p.source.Tracer().Of(pointer).Sources {
		call, ok := source.(*ssa.Call)
		if ok && p.Engine.Table.Find("setting.default", ssax.CalleeName(&call.Call)) != nil {
			if name, ok := flagName(&call.Call); ok {
				filled[name] = true
			}
		}
	}
}

// answers reports whether a function, or one that it stands in, is given a request.
func (p *Package) answers(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		for _, param := range fn.Params {
			if p.Engine.Table.Find("request", ir.TypeOf(param.Type()).Name) != nil {
				return true
			}
		}
	}
	return false
}
