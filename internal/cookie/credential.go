package cookie

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// credential reports whether a cookie says who the user is, and returns its
// name where that is known. It is by what its value is made from, or by its
// name; where neither tells, by the function that makes it, if scripts are kept
// from it. A cookie that is deleted, or has a constant value, is none.
func (p *parts) credential(in *ssa.Function) (name string, ok bool) {
	if p.deletes() || !p.varies("value") {
		return "", false
	}
	name, purpose := p.named()
	if purpose != web.NotTold {
		return name, purpose == web.Credential
	}
	switch p.madeOf("value") {
	case web.Credential:
		return name, true
	case web.Other:
		return name, false
	}
	return name, p.answer("httponly") == Yes && logsIn(in)
}

// named returns the cookie's name, the telling one where there are several, and
// what it tells.
func (p *parts) named() (string, web.Purpose) {
	name, purpose := "", web.NotTold
	for _, given := range p.values["name"] {
		for _, source := range p.trace.Of(given.value).Sources {
			text, known := ssax.Text(source)
			told := web.PurposeOf(text)
			if !known {
				told = purposeOfSymbol(source)
			}
			if purpose == web.NotTold || told == web.Credential {
				name, purpose = text, told
			}
		}
	}
	return name, purpose
}

// purposeOfSymbol tells by the name of the field, function or parameter that a
// value comes from.
func purposeOfSymbol(v ssa.Value) web.Purpose {
	name := symbol(v)
	return web.PurposeOf(name)
}

// symbol returns the name in the source that a value comes from, "" if it has
// none.
func symbol(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		return symbol(v.X)
	case *ssa.FieldAddr:
		structure := v.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
		return structure.Field(v.Field).Name()
	case *ssa.Field:
		return v.X.Type().Underlying().(*types.Struct).Field(v.Field).Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.Parameter:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Alloc:
		return v.Comment
	case *ssa.Extract:
		return symbol(v.Tuple)
	case *ssa.Call:
		if v.Call.IsInvoke() {
			return v.Call.Method.Name()
		}
		if callee := v.Call.StaticCallee(); callee != nil {
			return callee.Name()
		}
	}
	return ""
}

// varies reports whether a part can be something else than a constant.
func (p *parts) varies(name string) bool {
	return slices.ContainsFunc(p.values[name], func(given part) bool {
		return slices.ContainsFunc(p.trace.Of(given.value).Sources, func(v ssa.Value) bool {
			_, isConst := v.(*ssa.Const)
			return !isConst
		})
	})
}

// maxMaking bounds how many values are looked at for what another is made of.
const maxMaking = 60

// madeOf tells what a part is by the names of what its value is computed from.
func (p *parts) madeOf(name string) web.Purpose {
	seen := map[ssa.Value]bool{}
	var work []ssa.Value
	for _, given := range p.values[name] {
		work = append(work, given.value)
	}
	purpose := web.NotTold
	for len(work) > 0 && len(seen) < maxMaking {
		v := work[0]
		work = work[1:]
		if v == nil || seen[v] {
			continue
		}
		seen[v] = true
		if call, ok := v.(*ssa.Call); ok && p.table.Find("credential", ssax.CalleeName(&call.Call)) != nil {
			return web.Credential
		}
		switch purposeOfSymbol(v) {
		case web.Credential:
			purpose = web.Credential
		case web.Other:
			return web.Other
		}
		work = append(work, p.makings(v)...)
	}
	return purpose
}

// makings returns the values that v is computed from.
func (p *parts) makings(v ssa.Value) []ssa.Value {
	if _, isCall := v.(*ssa.Call); !isCall {
		if traced := p.trace.Of(v); len(traced.Sources) > 1 || len(traced.Sources) == 1 && traced.Sources[0] != v {
			return traced.Sources
		}
	}
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return nil
	}
	var space [8]*ssa.Value
	var values []ssa.Value
	for _, operand := range instr.Operands(space[:0]) {
		if _, isFunc := (*operand).(*ssa.Function); !isFunc {
			values = append(values, *operand)
		}
	}
	return values
}

// deletes reports whether the cookie is sent to be forgotten.
func (p *parts) deletes() bool {
	ages := p.values["maxage"]
	negative := len(ages) > 0 && !slices.ContainsFunc(ages, func(given part) bool { return !isNegative(given.value) })
	times := p.values["expires"]
	past := len(times) > 0 && !slices.ContainsFunc(times, func(given part) bool { return !isPast(given.value) })
	return negative || past
}

func isNegative(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Int && constant.Sign(c.Value) < 0
}

// isPast reports whether a time is constant or lies before now:
// time.Unix(0, 0), time.Time{}, time.Now().Add(-time.Hour), now.AddDate(0, 0, -1).
func isPast(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		_, zero := v.(*ssa.Const)
		return zero
	}
	callee := call.Call.StaticCallee()
	if callee == nil || callee.Pkg == nil || callee.Pkg.Pkg.Path() != "time" {
		return false
	}
	switch callee.Name() {
	case "Unix":
		_, isConst := call.Call.Args[0].(*ssa.Const)
		return isConst
	case "Add", "AddDate":
		return slices.ContainsFunc(call.Call.Args[1:], isNegative)
	}
	return false
}

// logsIn reports whether a function's name says that it begins a session.
func logsIn(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		name := strings.ToLower(fn.Name())
		for _, word := range []string{"login", "signin", "logon", "session", "authenticate", "authcookie"} {
			if strings.Contains(name, word) {
				return true
			}
		}
	}
	return false
}
