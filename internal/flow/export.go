package flow

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ir"
)

// maxExported bounds the size of functions whose code goes into facts.
const maxExported = 400

// maxRegistrar bounds the size of those that register handlers: generated ones
// name every route of a server in one long function without a branch.
const maxRegistrar = 10_000

// fits reports whether a function is small enough for its code to go into facts.
func (p *Package) fits(name string, fn *ssa.Function) bool {
	if p.touching[Registers][name] {
		return size(fn) <= maxRegistrar
	}
	return size(fn) <= maxExported
}

// export makes a fact of the code that other packages may follow.
func (p *Package) export() {
	var names []string
	for name, fn := range p.byName {
		if p.exports(name, fn) {
			names = append(names, name)
		}
	}
	names = p.withCallees(names)
	making := p.making()
	if len(names)+len(making) == 0 {
		return
	}
	program, places := p.program.Subset(names, p.pass.Fset)
	code := &PackageCode{Program: program, Empty: p.leftEmpty(), Making: making}
	for _, name := range names {
		for q := range p.touching {
			if p.comesTo(Question(q), name) {
				code.Touching[q] = append(code.Touching[q], name)
			}
		}
		if p.setsHeader(name) {
			code.Setters = append(code.Setters, name)
		}
	}
	p.pass.ExportPackageFact(code)
	p.pass.ExportPackageFact(&PackagePlaces{Places: places})
}

// exports reports whether code of other packages may call fn with what a
// request carries, for what it answers or does.
func (p *Package) exports(name string, fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok || !obj.Exported() || !p.fits(name, fn) {
		return false
	}
	return p.Touches(name) || p.touching[Registers][name] || p.serves(name, fn) || p.dispatches(fn) || makesHandler(fn.Signature) || p.gathersHandlers(fn) || judges(fn.Signature) || p.makesJudge(fn.Signature) || p.makesOptions(fn.Signature) ||
		p.makesOwnOption(fn.Signature) && p.touchesAny()
}

// serves reports whether a function is given a request, or bytes as a body has
// them, and changes something or decodes them.
func (p *Package) serves(name string, fn *ssa.Function) bool {
	return p.touching[Decodes][name] && (p.isControllers(fn) || slices.ContainsFunc(fn.Params, func(param *ssa.Parameter) bool {
		return p.Engine.Table.Find("request", ir.TypeOf(param.Type()).Name) != nil || carriesBody(param.Type())
	}))
}

// dispatches reports whether a function hands a request that it is given on to what an
// interface holds: who makes the value knows what that does.
func (p *Package) dispatches(fn *ssa.Function) bool {
	isRequest := func(v ssa.Value) bool { return p.Engine.Table.Find("request", ir.TypeOf(v.Type()).Name) != nil }
	if !slices.ContainsFunc(fn.Params, func(param *ssa.Parameter) bool { return isRequest(param) }) {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && call.Common().IsInvoke() && slices.ContainsFunc(call.Common().Args, isRequest) {
				return true
			}
		}
	}
	return false
}

// makesHandler reports whether a function with that signature returns a handler.
func makesHandler(sig *types.Signature) bool {
	for result := range sig.Results().Variables() {
		if isHandler(ir.TypeOf(result.Type())) {
			return true
		}
	}
	return false
}

// gathersHandlers reports whether a function returns a struct of handlers that functions
// of this package make, as generated code does for all of a service.
func (p *Package) gathersHandlers(fn *ssa.Function) bool {
	if fn.Signature.Results().Len() == 0 || !holdsHandler(fn.Signature.Results().At(0).Type()) {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if callee := call.Call.StaticCallee(); callee != nil && p.byName[p.source.Names.Of(callee)] != nil && makesHandler(callee.Signature) {
					return true
				}
			}
		}
	}
	return false
}

// holdsHandler reports whether a type is a pointer to a struct with a field that is a
// handler.
func holdsHandler(t types.Type) bool {
	pointer, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	fields, ok := pointer.Elem().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range fields.Fields() {
		if isHandler(ir.TypeOf(f.Type())) {
			return true
		}
	}
	return false
}

// isControllers reports whether fn is a method of a controller, which libraries
// find by its name.
func (p *Package) isControllers(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	return recv != nil && p.embedsController(recv.Type(), maxEmbedded)
}

// maxEmbedded bounds how deep a controller is looked for: programs have a base
// controller of their own, and one for those that need a session.
const maxEmbedded = 4

func (p *Package) embedsController(t types.Type, depth int) bool {
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if p.Engine.Table.Find("controller", ir.TypeOf(t).Name) != nil {
		return true
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return false
	}
	for f := range fields.Fields() {
		if f.Embedded() && p.embedsController(f.Type(), depth-1) {
			return true
		}
	}
	return false
}

// carriesBody reports whether a type is one in which code hands bodies on.
func carriesBody(t types.Type) bool {
	switch types.Unalias(t).String() {
	case "[]byte", "[]uint8", "io.Reader", "io.ReadCloser":
		return true
	}
	return false
}

// makesOwnOption reports whether a function with that signature returns a
// functional option: a function that takes a pointer to a type of this package.
func (p *Package) makesOwnOption(sig *types.Signature) bool {
	if sig.Results().Len() != 1 {
		return false
	}
	option, ok := sig.Results().At(0).Type().Underlying().(*types.Signature)
	if !ok || option.Params().Len() != 1 {
		return false
	}
	ptr, ok := option.Params().At(0).Type().(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	return ok && named.Obj().Pkg() == p.pass.Pkg
}

// touchesAny reports whether code of this package comes to something that is
// reported on.
func (p *Package) touchesAny() bool {
	for name := range p.byName {
		if p.Touches(name) {
			return true
		}
	}
	return false
}

// makesOptions reports whether a function with that signature returns options
// of a modelled library.
func (p *Package) makesOptions(sig *types.Signature) bool {
	for i := range sig.Results().Len() {
		if t := ir.TypeOf(sig.Results().At(i).Type()); t.Name != "" && p.Engine.Table.HasPrefix(t.Name+".") {
			return true
		}
	}
	return false
}

// makesJudge reports whether a function with that signature returns a value
// with methods that judge.
func (p *Package) makesJudge(sig *types.Signature) bool {
	for i := range sig.Results().Len() {
		t := sig.Results().At(i).Type()
		if ptr, ok := t.(*types.Pointer); ok {
			t = ptr.Elem()
		}
		named, ok := types.Unalias(t).(*types.Named)
		if !ok || named.Obj().Pkg() != p.pass.Pkg {
			continue
		}
		for m := range named.Methods() {
			if m.Exported() && judges(m.Signature()) {
				return true
			}
		}
	}
	return false
}

func size(fn *ssa.Function) int {
	n := 0
	for _, b := range fn.Blocks {
		n += len(b.Instrs)
	}
	return n
}

// judges reports whether a function with that signature may say yes or no to a
// text or a request.
func judges(sig *types.Signature) bool {
	answers := false
	for i := range sig.Results().Len() {
		switch t := ir.TypeOf(sig.Results().At(i).Type()); t.Kind {
		case ir.Bool, ir.Error, ir.String, ir.Function:
			answers = true
		}
	}
	if !answers {
		return false
	}
	for i := range sig.Params().Len() {
		t := ir.TypeOf(sig.Params().At(i).Type())
		if t.Kind == ir.String || t.Kind == ir.Bytes || t.Name == "net/http.Request" || t.Name == "net/http.Header" {
			return true
		}
	}
	return false
}

// withCallees adds the functions and closures that those of names call and
// make.
func (p *Package) withCallees(names []string) []string {
	slices.Sort(names)
	taken := map[string]bool{}
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		fn := p.byName[name]
		if taken[name] || fn == nil || !p.fits(name, fn) {
			continue
		}
		taken[name] = true
		code := p.program.Lower(fn)
		for i := range code.Blocks {
			for _, instr := range code.Blocks[i].Instrs {
				if instr.Op == ir.Call || instr.Op == ir.MakeClosure {
					names = append(names, instr.Sym)
				}
			}
		}
		for _, c := range code.Consts {
			switch c.Kind {
			case ir.FuncConst:
				names = append(names, c.Text)
			case ir.GlobalConst:
				if init := p.Global(c.Text); init != nil && init.Size() <= maxExported {
					taken[init.Name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(taken))
}

// making returns the exported functions of the package whose only result is memory that
// they make, sorted.
func (p *Package) making() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.byName)), func(name string) bool {
		fn := p.byName[name]
		return fn.Object() == nil || !fn.Object().Exported() || fn.Signature.Results().Len() != 1 || !makesResult(fn)
	})
}

func makesResult(fn *ssa.Function) bool {
	returns := 0
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			returns++
			value := ret.Results[0]
			if held, ok := value.(*ssa.MakeInterface); ok {
				value = held.X
			}
			if _, made := value.(*ssa.Alloc); !made {
				return false
			}
		}
	}
	return returns > 0
}
