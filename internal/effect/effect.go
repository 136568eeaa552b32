// Package effect knows what the functions of a program change: databases, files,
// processes, other servers, queues, and memory that outlives a call.
//
// Each function of a package gets a summary: what its own instructions change,
// and what the functions change that it calls, makes a closure of and calls, or
// hands to a callee that calls them. Libraries are known by rows (internal/model,
// role effect). Facts carry the summaries to the packages that import this one.
// Calls of interface methods of the program stay open in a summary: they are
// resolved where somebody asks, with the implementations that are known there.
//
// Effects say what changes and with what evidence; whether that matters is for
// those who ask. Nothing is reported for code that cannot be seen.
package effect

import (
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// Analyzer computes what the functions of a package change.
var Analyzer = &analysis.Analyzer{
	Name:       "soplinteffect",
	Doc:        "soplinteffect: find what functions change, for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(PackageEffects)},
}

// A Kind says where a change happens.
type Kind uint8

// The kinds.
const (
	Database Kind = iota
	Files
	Process
	HTTP    // a request to another server with a method that is not safe
	Mail    //
	Queue   // a message on a bus
	Cloud   // hosted documents and objects
	Store   // key-value stores
	Memory  // package variables, or what the receiver or a captured variable holds
	Channel // a send on, or the closing of, a channel found like Memory
)

var kindNames = [...]string{"database", "files", "process", "http", "mail", "queue", "cloud", "store", "memory", "channel"}

// String returns the kind's name in lower case, as rows write it.
func (k Kind) String() string { return kindNames[k] }

// An Effect is one change.
type Effect struct {
	Kind   Kind
	Call   string   // how reports name the change, at most 60 bytes: "(*sql.DB).Exec DELETE FROM users", "config.current"
	Path   []string // short names of the functions called on the way to it, outermost first; at most 6
	Strong bool     // destructive, or acting by itself: DELETE, os.Remove, os.Exit, a command fed from outside
	Minor  string   // why it is bookkeeping ("counter", "session", "temporary file"), "" if nothing says that it is
	Params []int    // parameters (the receiver of a method is 0) whose value is written, named or executed, sorted
	In     int      // for memory and channels, the parameter that points to what is changed; -1 for what is kept elsewhere
}

// A Result answers what functions and instructions change.
type Result struct {
	source  *ssax.Package
	library *library
	home    home
	facts   map[string]*PackageEffects // by import path
	nodes   map[*ssa.Function]*node
	byName  map[string]*node
	inits   map[*ssa.Global]ssa.Value // what package variables hold from the start on and for good

	mu              sync.Mutex // guards what follows, and lazy parts of nodes
	callees         map[any]*callee
	implementations map[string][]string
	implementing    map[*types.TypeName][]*types.Named
	leading         map[string]bool    // see leads
	deeds           map[string]string  // see deedOf
	seen            map[ssa.Value]bool // scratch of trace
	methods         map[string]bool    // see changesSomewhere: the names of this package's own
	below           []*types.Package   // see packages
	members         []below            // see membersBelow
	gathered        []Change           // scratch of update
	looks           map[look]int       // scratch of merge
	merged          []Change           // likewise
}

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	r := &Result{
		source:          source,
		library:         libraries(),
		home:            homeOf(pass),
		facts:           map[string]*PackageEffects{},
		nodes:           map[*ssa.Function]*node{},
		byName:          map[string]*node{},
		inits:           initialValues(source.SSA),
		callees:         map[any]*callee{},
		implementations: map[string][]string{},
		implementing:    map[*types.TypeName][]*types.Named{},
		leading:         map[string]bool{},
		deeds:           map[string]string{},
		seen:            map[ssa.Value]bool{},
		looks:           map[look]int{},
	}
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*PackageEffects); ok && f.Package != pass.Pkg {
			r.facts[f.Package.Path()] = fact
		}
	}
	nodes := r.addNodes(source.Funcs)
	for _, n := range nodes {
		r.scan(n)
	}
	r.summarise(nodes)
	if fact := export(nodes); fact != nil {
		pass.ExportPackageFact(fact)
	}
	return r, nil
}

// addNodes makes a node for each function but the package initializer, which
// runs before any request.
func (r *Result) addNodes(funcs []*ssa.Function) []*node {
	var nodes []*node
	for _, fn := range funcs {
		if fn.Synthetic == "package initializer" {
			continue
		}
		n := &node{fn: fn, Function: Function{Name: r.source.Names.Of(fn)}}
		nodes = append(nodes, n)
		r.nodes[fn] = n
		r.byName[n.Name] = n
	}
	return nodes
}

// Of returns what the function with that name, as [ssax.FuncName] writes it,
// changes: one of this package, of those whose facts were imported, or of a
// library that the models know. For a method of an interface it is what the
// implementations known here change, if there are no more than four.
func (r *Result) Of(function string) []Effect {
	r.mu.Lock()
	defer r.mu.Unlock()
	if spec := r.library.effects[symbolOf(function)]; spec != nil {
		return r.visible(function, r.byItself(spec, function, r.declared(function)))
	}
	if f := r.function(function); f != nil {
		return r.visible(function, r.resolve(f.Changes, 0))
	}
	fn := r.declared(function)
	if fn == nil || !isInterfaceMethod(fn) {
		return nil
	}
	if spec := r.library.byShape(fn); spec != nil {
		return r.visible(function, r.byItself(spec, function, fn))
	}
	open := Change{Open: function}
	for i := range fn.Signature().Params().Len() {
		open.From |= source(i + 1)
	}
	return r.visible(function, r.resolve([]Change{open}, 0))
}

// At returns the effects of one instruction, nil if there are none.
func (r *Result) At(instr ssa.Instruction) []Effect {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.nodes[instr.Parent()]
	if n == nil || !n.leadsOn() {
		return nil
	}
	if n.effects == nil {
		n.effects = r.effectsIn(n)
	}
	return n.effects[instr]
}

// Acts reports whether an instruction has effects, which is less work than to tell
// which.
func (r *Result) Acts(instr ssa.Instruction) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.nodes[instr.Parent()]
	if n == nil || !n.leadsOn() {
		return false
	}
	if n.acting == nil {
		n.acting = map[ssa.Instruction]bool{}
		for instr, changes := range r.changesIn(n) {
			if r.anyVisible(n.Name, changes) {
				n.acting[instr] = true
			}
		}
	}
	return n.acting[instr]
}

// ActsIn reports whether an instruction of a function of this package has effects,
// which is less work than to tell which.
func (r *Result) ActsIn(fn *ssa.Function) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.nodes[fn]
	return n != nil && n.leadsOn() && r.anyVisible(n.Name, n.Changes)
}

// effectsIn returns the effects of the instructions of a function that have
// some.
func (r *Result) effectsIn(n *node) map[ssa.Instruction][]Effect {
	effects := map[ssa.Instruction][]Effect{}
	for instr, changes := range r.changesIn(n) {
		if seen := r.visible(n.Name, r.resolve(changes, 0)); len(seen) > 0 {
			effects[instr] = seen
		}
	}
	return effects
}

// changesIn returns what the instructions of a function change that change
// something.
func (r *Result) changesIn(n *node) map[ssa.Instruction][]Change {
	changes := map[ssa.Instruction][]Change{}
	for _, s := range n.sites {
		changes[s.instr] = append(changes[s.instr], s.change)
	}
	for i := range n.calls {
		c := &n.calls[i]
		does := Function{Changes: changes[c.instr]}
		if does.Changes == nil {
			does.Changes = make([]Change, 0, len(c.callee.Changes))
		}
		if r.lift(n, c, &does); len(does.Changes) > 0 {
			changes[c.instr] = does.Changes
		}
	}
	return changes
}
