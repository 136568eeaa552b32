package effect

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Change is an effect with what is needed to follow it into callers.
type Change struct {
	Kind   Kind
	Call   string
	Path   []string
	Strong bool
	Minor  string

	From      Sources // parameters and captured variables that reach what is written, named or executed
	Root      uint8   // for memory and channels: 1 + the source that leads to what is changed, 0 for package variables
	Text      Text    // what the text says that decides, if a parameter brings it
	TextParam int     // that parameter
	Fed       bool    // strong only where a source reaches it
	Removes   bool    // all that is done to memory there is to empty it
	Sends     string  // for channels, what tells the type of what they carry
	Open      string  // the method of an interface that is called instead of all this
	Field     string  // the field that holds the interface's value, as Holder.field, if a parameter leads to it
	Holder    uint8   // 1 + that parameter, 0 for none
}

// Sources is a set of parameters, then captured variables, of a function.
type Sources uint64

// The numbers below firstFree are parameters, those from firstFree on captured
// variables. What a captured variable points to is firstHeld and up, for roots
// only: writing to it leaves the variable itself as it is.
const (
	firstFree = 32
	firstHeld = 48
)

func source(i int) Sources {
	if i < 0 || i >= firstHeld {
		return 0
	}
	return 1 << i
}

// A Text says how a text decides what a call does.
type Text uint8

// The texts.
const (
	NoText  Text = iota
	SQL          // of a call that is a change where the text is not known
	Query        // of a call that reads where the text is not known
	Command      // of a key-value store
	Method       // of an HTTP request
)

// A Function is the summary of one function.
type Function struct {
	Name    string
	Changes []Change
	Invokes Sources  // functions that it is given or captured, and calls
	Passing []string // memory and channels, as Change.Call, whose changes pass with it, sorted
	Empty   []string // fields of interfaces, as Change.Field, that are nil in the struct which it makes and returns first
}

// PackageEffects is the fact that carries the summaries of a package.
type PackageEffects struct {
	Functions []Function // those with something in them, sorted by name
	Methods   []string   // the names of the methods among them that change anything, without their types, sorted
}

// AFact marks PackageEffects as a fact.
func (*PackageEffects) AFact() {}

// String lists the functions, for tests.
func (e *PackageEffects) String() string {
	names := make([]string, len(e.Functions))
	for i, f := range e.Functions {
		names[i] = f.Name
	}
	return "effects of " + strings.Join(names, ", ")
}

// find returns the summary of the function with that name, nil without one.
func (e *PackageEffects) find(name string) *Function {
	i, ok := slices.BinarySearchFunc(e.Functions, name, func(f Function, name string) int { return strings.Compare(f.Name, name) })
	if !ok {
		return nil
	}
	return &e.Functions[i]
}

// export returns the fact of a package, nil if nothing there changes anything.
func export(nodes []*node) *PackageEffects {
	fact := &PackageEffects{}
	for _, n := range nodes {
		if len(n.Changes) > 0 || n.Invokes != 0 || len(n.Empty) > 0 {
			fact.Functions = append(fact.Functions, n.Function)
		}
	}
	if len(fact.Functions) == 0 {
		return nil
	}
	slices.SortFunc(fact.Functions, func(a, b Function) int { return strings.Compare(a.Name, b.Name) })
	fact.Functions = slices.CompactFunc(fact.Functions, func(a, b Function) bool { return a.Name == b.Name })
	for i := range fact.Functions {
		if name := fact.Functions[i].changingMethod(); name != "" {
			fact.Methods = append(fact.Methods, name)
		}
	}
	slices.Sort(fact.Methods)
	fact.Methods = slices.Compact(fact.Methods)
	return fact
}

// function returns the summary of the function with that name, nil without one.
func (r *Result) function(name string) *Function {
	if n := r.byName[name]; n != nil {
		return &n.Function
	}
	if fact := r.facts[packageOf(name)]; fact != nil {
		return fact.find(name)
	}
	return nil
}

// packageOf returns the path of the package in the full name of a function,
// method or type: all before the last dot, or the last one of the receiver's.
func packageOf(name string) string {
	if strings.HasPrefix(name, "(") {
		name, _, _ = strings.Cut(strings.TrimLeft(name, "(*"), ")")
	}
	name, _, _ = strings.Cut(name, "[") // type parameters
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		return name[:dot]
	}
	return name
}

// A home tells the program's own packages from libraries.
type home struct {
	pkg    *types.Package
	module string // path of the module, or the first element of import paths where modules are not in use
}

func homeOf(pass *analysis.Pass) home {
	h := home{pkg: pass.Pkg}
	if pass.Module != nil && pass.Module.Path != "" {
		h.module = pass.Module.Path
	} else {
		h.module, _, _ = strings.Cut(pass.Pkg.Path(), "/")
	}
	return h
}

func (h home) owns(path string) bool {
	rest, ok := strings.CutPrefix(path, h.module)
	return path == h.pkg.Path() || ok && (rest == "" || rest[0] == '/')
}
