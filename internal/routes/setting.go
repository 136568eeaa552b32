package routes

import (
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/ssax"
)

// A Lack is the settings that decide whether something stands before a handler that
// would refuse a request: as long as none of them is set, nothing does.
type Lack []*flow.Decider

// lets reports whether a step that refuses the request is missing as long as nothing
// is set, and notes the setting.
func (l *Lack) lets(step *flow.Step, known *settings) bool {
	if step.Missing == nil || known.given(step.Missing) {
		return false
	}
	if !slices.ContainsFunc(*l, func(d *flow.Decider) bool { return d.Text == step.Missing.Text }) {
		*l = append(*l, step.Missing)
	}
	return true
}

// Settle lowers the severity of a report about a request that nothing refuses as
// long as nothing is set, and names the setting.
func (l Lack) Settle(flows *flow.Package, report *rule.Report) {
	if len(l) == 0 {
		return
	}
	report.Severity = origin.Settled(report.Severity, l[0])
	report.Message = "depending on " + l[0].Text + ", " + report.Message
	for _, d := range l {
		flows.Relate(report, d.Site, d.Text+" decides here whether such requests are refused")
	}
}

// Settings are what a package shows of how it is set up without anybody's doing.
type settings struct {
	flow   *flow.Package
	source *ssax.Package
	fields map[string]bool // those that are given more than their zero value somewhere in the package
}

// given reports whether the package gives a value to what a condition is about, or
// may.
func (s *settings) given(d *flow.Decider) bool {
	condition := s.condition(d)
	if condition == nil {
		return true
	}
	if s.fields == nil {
		s.note()
	}
	return slices.ContainsFunc(subjects(condition), func(v ssa.Value) bool {
		for source := range s.source.Tracer().Of(v).Seen {
			if s.fields[readField(source)] || s.isSomething(source) {
				return true
			}
		}
		return false
	})
}

// condition returns what a branch of this package decides by, nil if the branch is
// elsewhere.
func (s *settings) condition(d *flow.Decider) ssa.Value {
	if d.Site.Func == nil || d.Site.Func.Program().Path != s.flow.Path {
		return nil
	}
	for _, fn := range s.source.Funcs {
		if ssax.FuncName(fn) != d.Site.Func.Name || int(d.Block) >= len(fn.Blocks) {
			continue
		}
		instrs := fn.Blocks[d.Block].Instrs
		if branch, ok := instrs[len(instrs)-1].(*ssa.If); ok {
			return branch.Cond
		}
	}
	return nil
}

// subjects returns what a condition asks about: what is compared with constants.
func subjects(condition ssa.Value) []ssa.Value {
	switch v := condition.(type) {
	case *ssa.Const:
		return nil
	case *ssa.BinOp:
		return append(subjects(v.X), subjects(v.Y)...)
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return subjects(v.X)
		}
	case *ssa.Call:
		if builtin, ok := v.Call.Value.(*ssa.Builtin); ok && builtin.Name() == "len" {
			return subjects(v.Call.Args[0])
		}
	}
	return []ssa.Value{condition}
}

// note finds the fields that are given something: by an assignment, by a call that
// has a flag set them, or by a tag from which a library does.
func (s *settings) note() {
	s.fields = map[string]bool{}
	for _, fn := range s.source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.FieldAddr:
					if hasDefault(instr) {
						s.fields[ssax.FieldName(instr)] = true
					}
				case *ssa.Store:
					if field, ok := instr.Addr.(*ssa.FieldAddr); ok && s.isSomething(instr.Val) {
						s.fields[ssax.FieldName(field)] = true
					}
				case *ssa.Call:
					s.noteFlags(&instr.Call)
				}
			}
		}
	}
	delete(s.fields, "")
}

// noteFlags notes fields whose address is given to a call together with true, as
// the flag package has it.
func (s *settings) noteFlags(call *ssa.CallCommon) {
	if !slices.ContainsFunc(call.Args, isTrue) {
		return
	}
	for _, arg := range call.Args {
		if field, ok := arg.(*ssa.FieldAddr); ok {
			s.fields[ssax.FieldName(field)] = true
		}
	}
}

func isTrue(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value)
}

// defaults are tags that name the value which a field has where nobody gives it one.
var defaults = regexp.MustCompile(`(?i)default:"([^"]*)"`)

func hasDefault(addr *ssa.FieldAddr) bool {
	structure := addr.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	tag := defaults.FindStringSubmatch(structure.Tag(addr.Field))
	return tag != nil && !slices.Contains([]string{"", "0", "false"}, tag[1])
}

// readField names the field that a value is read from, "" if it is from none.
func readField(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		if field, ok := v.X.(*ssa.FieldAddr); ok {
			return ssax.FieldName(field)
		}
	case *ssa.Field:
		return ssax.TypeName(v.X.Type()) + "." + v.X.Type().Underlying().(*types.Struct).Field(v.Field).Name()
	}
	return ""
}

// isSomething reports whether a value is more than the zero value, or may be
// whatever anybody sets.
func (s *settings) isSomething(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value != nil && !isZero(v.Value)
	case *ssa.Parameter, *ssa.FreeVar, *ssa.UnOp, *ssa.Field, *ssa.FieldAddr, *ssa.Global, *ssa.Phi:
		return false
	case *ssa.MakeInterface:
		return s.isSomething(v.X)
	case *ssa.ChangeType:
		return s.isSomething(v.X)
	case *ssa.Convert:
		return s.isSomething(v.X)
	case *ssa.Call:
		return model.Builtin().Find("setting", ssax.CalleeName(&v.Call)) == nil
	}
	return true
}

func isZero(v constant.Value) bool {
	switch v.Kind() {
	case constant.Bool:
		return !constant.BoolVal(v)
	case constant.String:
		return constant.StringVal(v) == ""
	}
	return constant.Sign(v) == 0
}
