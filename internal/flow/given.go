package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// given is what a package shows of how it is set up without anybody's doing: the
// fields that are given more than their zero value somewhere in it.
type given map[string]bool

// Given reports whether the package gives a value to what a condition is about, or
// may.
func (p *Package) Given(d *Decider) bool {
	condition := p.condition(d)
	if condition == nil {
		return true
	}
	fields := p.given()
	return slices.ContainsFunc(subjects(condition), func(v ssa.Value) bool {
		for source := range p.source.Tracer().Of(v).Seen {
			if fields[readField(source)] || isGiven(source) {
				return true
			}
		}
		return false
	})
}

// LeftOpen returns, of what Loopholes found, what the package does not close by what
// it sets itself. Where all is closed the check is always made. Of a condition in
// another package nobody knows here what that sets.
func (p *Package) LeftOpen(loopholes []Decider) []Decider {
	return slices.DeleteFunc(slices.Clone(loopholes), func(d Decider) bool {
		return !d.Compared && d.Site.Func.Program().Path == p.Path && p.Given(&d)
	})
}

// condition returns what a branch of this package decides by, nil if the branch is
// elsewhere.
func (p *Package) condition(d *Decider) ssa.Value {
	if d.Site.Func == nil || d.Site.Func.Program().Path != p.Path {
		return nil
	}
	for _, fn := range p.source.Funcs {
		if p.source.Names.Of(fn) != d.Site.Func.Name || int(d.Block) >= len(fn.Blocks) {
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

// givenIn finds the fields that are given something: by an assignment, by a call that
// has a flag set them, or by a tag from which a library does.
func givenIn(source *ssax.Package) given {
	fields := given{}
	for _, fn := range source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.FieldAddr:
					if hasDefault(instr) {
						fields[ssax.FieldName(instr)] = true
					}
				case *ssa.Store:
					if field, ok := instr.Addr.(*ssa.FieldAddr); ok && isGiven(instr.Val) {
						fields[ssax.FieldName(field)] = true
					}
				case *ssa.Call:
					fields.noteFlags(&instr.Call)
				}
			}
		}
	}
	delete(fields, "")
	return fields
}

// noteFlags notes fields whose address is given to a call together with true, as
// the flag package has it.
func (g given) noteFlags(call *ssa.CallCommon) {
	if !slices.ContainsFunc(call.Args, isTrue) {
		return
	}
	for _, arg := range call.Args {
		if field, ok := arg.(*ssa.FieldAddr); ok {
			g[ssax.FieldName(field)] = true
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

// isGiven reports whether a value is more than the zero value, or may be
// whatever anybody sets.
func isGiven(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value != nil && !isZero(v.Value)
	case *ssa.Parameter, *ssa.FreeVar, *ssa.UnOp, *ssa.Field, *ssa.FieldAddr, *ssa.Global, *ssa.Phi:
		return false
	case *ssa.MakeInterface:
		return isGiven(v.X)
	case *ssa.ChangeType:
		return isGiven(v.X)
	case *ssa.Convert:
		return isGiven(v.X)
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
