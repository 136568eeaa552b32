package flow

import (
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/ssax"
)

// Analyzer makes the code of a package ready for replays. It exports, as a fact
// about the package, the code that other packages may have to follow.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintflow",
	Doc:        "soplintflow: prepare code for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer, effect.Analyzer, settings.Analyzer},
	ResultType: reflect.TypeFor[*Package](),
	FactTypes:  []analysis.Fact{new(PackageCode), new(PackagePlaces)},
}

// A Package is the code of the package under analysis and of those below it.
type Package struct {
	Engine *Engine
	Path   string

	pass     *analysis.Pass
	source   *ssax.Package
	program  *ir.Program
	byName   map[string]*ssa.Function
	globals  map[string]*ir.Global
	question Question
	touching [questions]map[string]bool // by question, the functions of this package that can come to it
	callers  map[string][]string
	held     map[*ssa.Global][]string // by package variable, the functions in it
	acting   map[string]bool          // types with a method in touching[question]
	secluded map[string]bool          // functions that serve only where no browser gets to
	setters  map[string]bool          // functions of this package that set a header of a name that they are given
	imported map[string]*PackageCode
	effects  *effect.Result
	sources  map[string]*types.Package // that imported is about
	given    func() given              // computed once
	fillings func() *fillings          // computed once
	empty    []string                  // settings that imported packages declare and leave empty by default
	operands []*ssa.Value              // scratch of functionsUsed
}

func run(pass *analysis.Pass) (any, error) {
	p := &Package{
		Path:    pass.Pkg.Path(),
		pass:    pass,
		source:  pass.ResultOf[ssax.Analyzer].(*ssax.Package),
		program: ir.NewProgram(pass.Pkg.Path(), pass.ResultOf[ssax.Analyzer].(*ssax.Package).Names),
		byName:  map[string]*ssa.Function{},
		callers: map[string][]string{},
		setters: map[string]bool{}, secluded: map[string]bool{},
		effects: pass.ResultOf[effect.Analyzer].(*effect.Result),
	}
	for q := range p.touching {
		p.touching[q] = map[string]bool{}
	}
	p.given = sync.OnceValue(func() given { return givenIn(p.source) })
	p.fillings = sync.OnceValue(p.findFillings)
	config := pass.ResultOf[settings.Analyzer].(*settings.Settings).Config
	p.Engine = &Engine{Code: p, Table: tableFor(config.Models(), pass.Pkg), Development: config.Development, steps: new(atomic.Int64)}
	p.Engine.Home, p.Engine.Fills = pass.Pkg.Path(), p.fills
	for _, fn := range p.source.Funcs {
		p.byName[p.source.Names.Of(fn)] = fn
	}
	p.importFacts()
	p.index()
	p.export()
	return p, nil
}

// index finds the functions that can come to what the questions are about, and
// who calls whom.
func (p *Package) index() {
	interest := newInterest(p.Engine.Table)
	if p.source.SSA != nil {
		interest.noteVariables(p.source.SSA.Func("init"))
		p.held = heldFunctions(p.source.SSA.Func("init"))
	}
	listens := map[string]*listening{}
	var direct [questions]map[string]bool
	for q := range direct {
		direct[q] = map[string]bool{}
	}
	for name, fn := range p.byName {
		if outer := fn.Parent(); outer != nil {
			p.callers[name] = append(p.callers[name], p.source.Names.Of(outer))
		}
		if interest.receives(fn) {
			direct[Opens][name] = true
		}
		if p.effects.ActsIn(fn) {
			direct[Changes][name], direct[Decodes][name] = true, true
		}
		listens[name] = &listening{}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				listens[name].note(interest, instr)
				if interest.setsAny(instr) {
					p.setters[name] = true
				}
				about := p.matters(interest, instr)
				p.noteCalls(name, instr, &about)
				for q, matters := range about {
					if matters {
						direct[q][name] = true
					}
				}
			}
		}
	}
	p.seclude(listens)
	for q := range direct {
		p.spread(Question(q), direct[q])
	}
}

// noteCalls records whom an instruction calls or hands on, and what calls of
// other packages' functions are about.
func (p *Package) noteCalls(name string, instr ssa.Instruction, about *[questions]bool) {
	for _, used := range p.functionsUsed(instr) {
		if fn := p.byName[used]; fn != nil {
			p.callers[used] = append(p.callers[used], name)
			continue
		}
		for q := range about { // a handler of another package, that is registered here
			about[q] = about[q] || p.comesTo(Question(q), used)
		}
	}
	p.noteHeld(name, instr)
	callee := p.staticCallee(instr)
	if callee == "" {
		return
	}
	p.callers[callee] = append(p.callers[callee], name)
	for q := range about {
		about[q] = about[q] || p.comesTo(Question(q), callee)
	}
}

// staticCallee returns the name of the function of this package, or of one
// whose code came as a fact, that instr calls, or makes a method value of: what
// is known of the receiver then is known where the value is called.
func (p *Package) staticCallee(instr ssa.Instruction) string {
	var callee *ssa.Function
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		callee = instr.Common().StaticCallee()
	case *ssa.MakeClosure:
		if fn := instr.Fn.(*ssa.Function); strings.HasSuffix(fn.Name(), "$bound") {
			callee = fn
		}
	}
	if callee == nil || callee.Pkg == nil && callee.Parent() == nil && callee.Object() == nil {
		return ""
	}
	if obj := callee.Object(); obj != nil && obj.Pkg() != nil && obj.Pkg() != p.pass.Pkg && p.imported[obj.Pkg().Path()] == nil {
		return ""
	}
	return p.source.Names.Of(callee)
}

// functionsUsed returns the functions, of this package or of one whose code came
// as a fact, that instr hands on as values. What wraps them, a check of the Origin perhaps, is found where the
// values are followed.
func (p *Package) functionsUsed(instr ssa.Instruction) []string {
	var names []string
	call, isCall := instr.(ssa.CallInstruction)
	p.operands = instr.Operands(p.operands[:0])
	for _, operand := range p.operands {
		fn, ok := (*operand).(*ssa.Function)
		if !ok || fn.Parent() != nil || fn.Object() == nil || fn.Object().Pkg() == nil || isCall && operand == &call.Common().Value {
			continue
		}
		if fn.Pkg == p.source.SSA || p.imported[fn.Object().Pkg().Path()] != nil {
			names = append(names, p.source.Names.Of(fn))
		}
	}
	return names
}

// Func implements [Code].
func (p *Package) Func(name string) *ir.Func {
	if p.secluded[name] {
		return nil
	}
	if fn := p.byName[name]; fn != nil {
		return p.program.Lower(fn)
	}
	if code := p.imported[packageOf(name)]; code != nil {
		return code.Program.Funcs[name]
	}
	return standardCode()[name]
}

// Global implements [Code].
func (p *Package) Global(name string) *ir.Func {
	if code := p.imported[packageOf(name)]; code != nil {
		return code.Program.Funcs[ir.InitializerName(name)]
	}
	if packageOf(name) != p.Path || p.source.SSA == nil {
		return nil
	}
	if p.globals == nil {
		p.globals = ir.Globals(p.source)
	}
	g := p.globals[name]
	if g == nil || g.Changed || len(g.Stores) == 0 && g.Variable.Object().Exported() {
		return nil
	}
	return p.program.Initializer(g)
}

// Touches implements [Code].
func (p *Package) Touches(name string) bool {
	switch p.question {
	case Opens:
		return p.comesTo(Opens, name) || p.setsHeader(name)
	case Changes, Decodes:
		return p.comesTo(p.question, name) || p.changes(name)
	}
	return p.comesTo(p.question, name)
}

// Roots returns the functions of this package where requests enter that come
// to something that is reported on, sorted: functions that nothing else here
// calls. Closures are left to the functions that make them.
func (p *Package) Roots() []*ir.Func {
	var roots []string
	for name, fn := range p.byName {
		if !p.touching[p.question][name] {
			continue
		}
		outer := fn.Parent()
		isInit := outer != nil && outer.Synthetic != ""
		if isInit || outer == nil && fn.Synthetic == "" && (len(p.callers[name]) == 0 || p.isFactory(fn)) {
			roots = append(roots, name)
		}
	}
	slices.Sort(roots)
	return append(p.initializers(), p.lowered(roots)...)
}

// initializers returns the code of the package variables whose initial values
// come to something that is reported on.
func (p *Package) initializers() []*ir.Func {
	if p.source.SSA == nil {
		return nil // of the standard library
	}
	init := p.source.SSA.Func("init")
	if init == nil || !p.touching[p.question][p.source.Names.Of(init)] {
		return nil
	}
	if p.globals == nil {
		p.globals = ir.Globals(p.source)
	}
	interest := newInterest(p.Engine.Table)
	var found []*ir.Func
	for _, name := range slices.Sorted(maps.Keys(p.globals)) {
		g := p.globals[name]
		if g.InitializerHas(interest.in) {
			if code := p.program.Initializer(g); code != nil {
				found = append(found, code)
			}
		}
	}
	return found
}

// isFactory reports whether other packages can call fn with settings of their
// own, whatever the calls in this package say: it is exported and no request is
// among its parameters.
func (p *Package) isFactory(fn *ssa.Function) bool {
	if obj := fn.Object(); obj == nil || !obj.Exported() {
		return false
	}
	for _, param := range fn.Params {
		if p.Engine.Table.Find("request", ir.TypeOf(param.Type()).Name) != nil {
			return false
		}
	}
	return true
}

// Callees returns the functions of this package that the named one calls and
// that touch something that is reported on, sorted.
func (p *Package) Callees(name string) []string {
	var names []string
	for callee, callers := range p.callers {
		if p.touching[p.question][callee] && p.byName[callee] != nil && p.byName[callee].Parent() == nil && slices.Contains(callers, name) {
			names = append(names, callee)
		}
	}
	slices.Sort(names)
	return names
}

// Callers returns the functions of this package that call the named one or hand
// it on, and whether those are all: no other package can.
func (p *Package) Callers(name string) (callers []string, all bool) {
	fn := p.byName[name]
	if fn == nil || fn.Object() == nil {
		return p.callers[name], false
	}
	return p.callers[name], !fn.Object().Exported() || fn.Pkg.Pkg.Name() == "main"
}

// Remaining returns the functions that touch something that is reported on and
// are not in done, sorted: those that only call each other.
func (p *Package) Remaining(done map[string]bool) []*ir.Func {
	var names []string
	for name, fn := range p.byName {
		if p.touching[p.question][name] && !done[name] && fn.Parent() == nil && fn.Synthetic == "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return p.lowered(names)
}

func (p *Package) lowered(names []string) []*ir.Func {
	funcs := make([]*ir.Func, len(names))
	for i, name := range names {
		funcs[i] = p.Func(name)
	}
	return funcs
}

// A Use is a symbol that code uses, with the header that it names.
type Use struct {
	Symbol string
	Header string // for header.get, where it is a constant
}

// maxUsers bounds the functions that are looked through for what they use.
const maxUsers = 200

// Import returns the package with that path that this one imports, directly or
// not; nil if there is none.
func (p *Package) Import(path string) *types.Package { return p.source.Import(path) }

// SiteOf returns where a function with known code begins.
func (p *Package) SiteOf(name string) Site {
	fn := p.Func(name)
	if fn == nil {
		return Site{}
	}
	return Site{fn, fn.Pos}
}

// Anew returns the package with a budget of its own for replays.
func (p *Package) Anew() *Package {
	view := *p
	view.Engine = &Engine{Code: p.Engine.Code, Table: p.Engine.Table, Development: p.Engine.Development, Home: p.Engine.Home, Fills: p.fills, steps: p.Engine.steps}
	return &view
}

// Steps returns how many instructions all replays have run, a measure of the work
// that no other load of the machine changes.
func (p *Package) Steps() int { return int(p.Engine.steps.Load()) }

// FileSet returns the file set of the package's positions.
func (p *Package) FileSet() *token.FileSet { return p.pass.Fset }

// Position returns a position of code of another package, and false for code
// of this one.
func (p *Package) Position(site Site) (ir.Position, bool) {
	if site.Func == nil || site.Func.Program() == p.program {
		return ir.Position{}, false
	}
	var fact PackagePlaces
	source := p.sources[site.Func.Program().Path]
	if source == nil || !p.pass.ImportPackageFact(source, &fact) || int(site.Pos) >= len(fact.Places) {
		return ir.Position{}, true
	}
	return fact.Places[site.Pos], true
}

// InPackage reports whether the site is in the package under analysis.
func (p *Package) InPackage(site Site) bool {
	return site.Func != nil && site.Func.Program() == p.program && site.Pos != token.NoPos
}
