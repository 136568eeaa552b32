package flow

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// A Handed is a call that hands a router to code that may register handlers with
// it.
type Handed struct {
	Site Site
	To   string // what is called, for reports

	// Open tells calls of function values and interface methods, which a replay
	// may resolve, from those of functions whose code is in another module.
	Open bool
}

// Handed returns the calls of this package that hand a router on to code that is
// not at hand, or of which only a replay can tell where it is, in a fixed order.
func (p *Package) Handed() []Handed {
	in := newInterest(p.Engine.Table)
	var found []Handed
	for _, name := range slices.Sorted(maps.Keys(p.byName)) {
		for _, b := range p.byName[name].Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok || !in.handsRouter(call.Common()) {
					continue
				}
				callee := call.Common().StaticCallee()
				if callee == nil || !p.isAnalysed(callee) {
					found = append(found, Handed{Site{p.Func(name), instr.Pos()}, handedTo(call.Common()), callee == nil})
				}
			}
		}
	}
	return found
}

// handsRouter reports whether a call hands a router on, other than to the library
// that the router is from.
func (in *interest) handsRouter(call *ssa.CallCommon) bool {
	if _, isBuiltin := call.Value.(*ssa.Builtin); isBuiltin {
		return false
	}
	args := call.Args
	if !call.IsInvoke() && call.Signature().Recv() != nil {
		args = args[1:]
	}
	return slices.ContainsFunc(args, in.isRouter) && !in.routers[packageOf(ssax.CalleeName(call))]
}

func (in *interest) isRouter(v ssa.Value) bool {
	obj := ssax.Declared(v.Type())
	return obj != nil && in.routers[obj.Pkg().Path()] && in.routers[ssax.TypeName(v.Type())]
}

// isAnalysed reports whether a function is of a package that is analysed with
// this one: then the code that registers handlers is at hand.
func (p *Package) isAnalysed(fn *ssa.Function) bool {
	if generic := fn.Origin(); generic != nil {
		fn = generic
	}
	if fn.Blocks != nil || fn.Object() == nil || fn.Object().Pkg() == nil {
		return true
	}
	path := fn.Object().Pkg().Path()
	module := p.pass.Module
	return p.imported[path] != nil || module != nil && module.Path != "" && strings.HasPrefix(path+"/", module.Path+"/")
}

// handedTo names what a call is of, for reports.
func handedTo(call *ssa.CallCommon) string {
	if name := ssax.CalleeName(call); name != "" {
		return shortCall(name)
	}
	return "a function value"
}
