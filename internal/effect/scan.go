package effect

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// A node is a function of this package.
type node struct {
	Function // its summary

	fn      *ssa.Function
	sites   []site
	calls   []call
	callers []*node
	runs    int // how often it was summarised
}

// A site is an instruction that changes something by itself.
type site struct {
	instr  ssa.Instruction
	change Change
}

// A call is one that leads, or may lead, to a function with a summary.
type call struct {
	instr      ssa.Instruction
	callee     *Function
	name       string // the callee's short name, "" for closures
	args       []ssa.Value
	free       []ssa.Value // what a called closure captured
	background bool
	deferred   bool
	minor      string    // what the callee's changes are then
	sources    []Sources // what reaches each of args and free, once asked for
}

// A callee is what is known of a function that is called.
type callee struct {
	name     string
	effect   *spec
	callback *callback
	summary  *Function
	open     bool   // the method of an interface of the program
	origin   string // what is returned, as effect.source says
	text     int    // the argument whose text is carried on, -1 for none
	table    int    // the argument that names the table or collection that is worked on, -1 for none
	process  int    // the argument that is the program of the process returned, -1 for none
}

// scan finds what the instructions of a function change, and whom they call.
func (r *Result) scan(n *node) {
	if obj, ok := n.fn.Object().(*types.Func); ok {
		if spec := r.library.generated(obj); spec != nil {
			n.add(nil, r.byItself(spec, n.Name, obj)[0])
			return
		}
	}
	for _, b := range n.fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				r.noteWrite(n, instr, instr.Addr, instr.Val)
			case *ssa.MapUpdate:
				r.noteWrite(n, instr, instr.Map, instr.Value, instr.Key)
			case *ssa.Send:
				r.noteChannel(n, instr, instr.Chan, instr.X)
			case *ssa.Select:
				for _, state := range instr.States {
					if state.Dir == types.SendOnly {
						r.noteChannel(n, instr, state.Chan, state.Send)
					}
				}
			case *ssa.Call:
				r.noteCall(n, instr, &instr.Call)
			case *ssa.Go:
				r.noteCall(n, instr, &instr.Call)
			case *ssa.Defer:
				r.noteCall(n, instr, &instr.Call)
			}
		}
	}
	n.pairTemporaryFiles()
}

func (n *node) add(instr ssa.Instruction, c Change) {
	switch instr.(type) {
	case *ssa.Go:
		c = inBackground(c)
	case *ssa.Defer:
		c = whenLeaving(c)
	}
	c.Call = short(c.Call, maxCall)
	n.sites = append(n.sites, site{instr, c})
}

// maxCall is how long the name of a change is at most, in bytes.
const maxCall = 60

func short(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit-len("…")], "") + "…"
}

// inBackground marks what a goroutine stores beside the work of its maker as
// bookkeeping, if it is neither destructive nor a signal.
func inBackground(c Change) Change {
	switch c.Kind {
	case Process, Channel, Memory:
	default:
		if !c.Strong && c.Minor == "" {
			c.Minor = "in the background"
		}
	}
	return c
}

// whenLeaving marks what is stored when a function is left.
func whenLeaving(c Change) Change {
	if !c.Strong && c.Minor == "" && c.Kind != Process {
		c.Minor = "when leaving"
	}
	return c
}

func (r *Result) noteCall(n *node, instr ssa.CallInstruction, common *ssa.CallCommon) {
	if b, ok := common.Value.(*ssa.Builtin); ok {
		r.noteBuiltin(n, instr, b.Name(), common.Args)
		return
	}
	for _, arg := range common.Args {
		r.noteHandedOver(n, instr, arg)
	}
	target := r.calleeOf(n, common)
	switch {
	case target == nil:
		if isNamed(common.Value.Type(), "context", "CancelFunc") {
			r.noteChannel(n, instr, common.Value, nil) // it closes the context's channel
		}
	case target.effect != nil:
		if c, ok := r.classify(n, instr, common, target); ok {
			n.add(instr, c)
		}
	case target.callback != nil:
		r.noteCallback(n, instr, common, target.callback)
	case target.summary != nil:
		r.addCall(n, instr, target, common)
	case target.open:
		n.add(instr, Change{Open: target.name, From: r.trace(n, common.Args...).from})
	}
	n.Invokes |= n.given(common.Value)
}

func (r *Result) noteBuiltin(n *node, instr ssa.Instruction, name string, args []ssa.Value) {
	switch name {
	case "delete":
		r.noteWrite(n, instr, args[0], args[1])
	case "clear":
		r.noteWrite(n, instr, args[0], nil)
	case "close":
		r.noteChannel(n, instr, args[0], nil)
	}
}

// noteHandedOver makes n a caller of functions that it hands to others: those
// may call them. The body of a loop over a function is always called.
func (r *Result) noteHandedOver(n *node, instr ssa.Instruction, v ssa.Value) {
	closure, ok := v.(*ssa.MakeClosure)
	if !ok {
		if _, isFunc := v.(*ssa.Function); !isFunc {
			return
		}
	}
	f, bound := r.functionOf(n, v)
	if f == nil {
		return
	}
	if ok && closure.Fn.(*ssa.Function).Synthetic == "range-over-func yield" {
		r.connect(n, call{instr: instr, callee: f, free: bound.free})
	} else if own := r.byName[f.Name]; own != nil {
		own.callers = append(own.callers, n)
	}
}

// given returns the parameter or captured variable that a function is, nothing
// if it is something else.
func (n *node) given(v ssa.Value) Sources {
	if _, isFunc := v.Type().Underlying().(*types.Signature); !isFunc {
		return 0
	}
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return source(n.index(v))
	case *ssa.UnOp:
		if free, ok := v.X.(*ssa.FreeVar); ok && v.Op == token.MUL {
			return source(n.index(free))
		}
	}
	return 0
}

// index returns the number of a parameter or captured variable, -1 if it is
// beyond those that are kept apart.
func (n *node) index(v ssa.Value) int {
	switch v := v.(type) {
	case *ssa.Parameter:
		for i, p := range n.fn.Params {
			if p == v && i < firstFree {
				return i
			}
		}
	case *ssa.FreeVar:
		for i, f := range n.fn.FreeVars {
			if f == v && i < firstHeld-firstFree {
				return firstFree + i
			}
		}
	}
	return -1
}

func (r *Result) addCall(n *node, instr ssa.Instruction, target *callee, common *ssa.CallCommon) {
	c := call{instr: instr, callee: target.summary, args: common.Args}
	if !strings.Contains(target.name, "$") {
		c.name = shortName(target.name)
	}
	if closure, ok := single(common.Value).(*ssa.MakeClosure); ok {
		c.free = closure.Bindings
	}
	r.connect(n, c)
}

// noteCallback connects n with the function that it hands to a library which
// calls it.
func (r *Result) noteCallback(n *node, instr ssa.Instruction, common *ssa.CallCommon, cb *callback) {
	args := arguments(common)
	if cb.function >= len(args) {
		return
	}
	f, bound := r.functionOf(n, args[cb.function])
	if f == nil {
		n.Invokes |= n.given(single(args[cb.function]))
		return
	}
	c := call{instr: instr, callee: f, args: bound.args, free: bound.free, background: cb.background, minor: cb.minor}
	if !strings.Contains(f.Name, "$") {
		c.name = shortName(f.Name)
	}
	r.connect(n, c)
}

func (r *Result) connect(n *node, c call) {
	switch c.instr.(type) {
	case *ssa.Go:
		c.background = true
	case *ssa.Defer:
		c.deferred = true
	}
	n.calls = append(n.calls, c)
	if own := r.byName[c.callee.Name]; own != nil {
		own.callers = append(own.callers, n)
	}
}

// calleeOf returns what is known of whom a call calls, nil if nothing is.
func (r *Result) calleeOf(n *node, common *ssa.CallCommon) *callee {
	if common.IsInvoke() {
		return r.calleeFor(common.Method, nil)
	}
	v := single(common.Value)
	if load, ok := v.(*ssa.UnOp); ok {
		if g, ok := load.X.(*ssa.Global); ok {
			v = r.inits[g]
		}
	}
	if closure, ok := v.(*ssa.MakeClosure); ok {
		v = closure.Fn
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		return nil
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if own := r.nodes[fn]; own != nil {
		return r.ownCallee(own)
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		return r.calleeFor(obj, fn)
	}
	return nil
}

func (r *Result) ownCallee(own *node) *callee {
	known := r.callees[own]
	if known == nil {
		known = &callee{name: own.Name, summary: &own.Function, text: -1, table: -1, process: -1}
		if obj, ok := own.fn.Object().(*types.Func); ok {
			known.effect = r.library.generated(obj)
		}
		r.callees[own] = known
	}
	return known
}

// calleeFor looks up a declared function or method once.
func (r *Result) calleeFor(obj *types.Func, fn *ssa.Function) *callee {
	obj = obj.Origin()
	if known, ok := r.callees[obj]; ok {
		return known
	}
	known := r.describe(obj, fn)
	r.callees[obj] = known
	return known
}

func (r *Result) describe(obj *types.Func, fn *ssa.Function) *callee {
	if obj.Pkg() == nil {
		return nil
	}
	c := &callee{name: obj.FullName()}
	symbol := symbolOf(c.name)
	modelled := r.library.describe(symbol, c)
	own := r.home.owns(obj.Pkg().Path())
	switch {
	case c.effect != nil || c.callback != nil:
		return c
	case r.library.generated(obj) != nil:
		c.effect = r.library.generated(obj)
		return c
	case !own || isInterfaceMethod(obj):
		if c.effect = r.library.byShape(obj); c.effect != nil {
			return c
		}
	}
	c.summary = r.function(c.name)
	c.open = c.summary == nil && fn == nil && own
	if !modelled && c.summary == nil && !c.open {
		return nil
	}
	return c
}

func isInterfaceMethod(obj *types.Func) bool {
	recv := obj.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// A binding is what is known of the arguments of a function that is handed on.
type binding struct{ args, free []ssa.Value }

// functionOf returns the summary of the function that v is, nil if that is not
// known, with what it is bound to.
func (r *Result) functionOf(n *node, v ssa.Value) (*Function, binding) {
	var bound binding
	v = single(v)
	if closure, ok := v.(*ssa.MakeClosure); ok {
		v = closure.Fn
		bound.free = closure.Bindings
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		return nil, bound
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if own := r.nodes[fn]; own != nil {
		return &own.Function, bound
	}
	if strings.HasSuffix(fn.Name(), "$bound") {
		bound = binding{args: bound.free}
	}
	return r.function(ssax.FuncName(fn)), bound
}

// single follows a value to where it was made, as long as there is one place:
// through conversions, and variables that are set once.
func single(v ssa.Value) ssa.Value {
	for range 8 {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.UnOp:
			stored := storedOnce(x)
			if stored == nil {
				return v
			}
			v = stored
		default:
			return v
		}
	}
	return v
}

// storedOnce returns the only value that a local variable which load reads is
// ever given, nil if there are others.
func storedOnce(load *ssa.UnOp) ssa.Value {
	alloc, ok := load.X.(*ssa.Alloc)
	if !ok || load.Op != token.MUL {
		return nil
	}
	var value ssa.Value
	for _, ref := range *alloc.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
			if value != nil {
				return nil
			}
			value = store.Val
		}
	}
	return value
}

// initialValues returns what the package's initializer gives to variables,
// those that get several values left out. What else the package stores there
// is not looked at: a text or function that a variable begins with is evidence
// enough for what it is about.
func initialValues(pkg *ssa.Package) map[*ssa.Global]ssa.Value {
	values := map[*ssa.Global]ssa.Value{}
	if pkg == nil {
		return values
	}
	for _, b := range pkg.Func("init").Blocks {
		for _, instr := range b.Instrs {
			store, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			if g, ok := store.Addr.(*ssa.Global); ok {
				if _, twice := values[g]; twice {
					values[g] = nil
					continue
				}
				values[g] = store.Val
			}
		}
	}
	return values
}
