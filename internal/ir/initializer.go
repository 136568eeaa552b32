package ir

import (
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// maxInitializer bounds the instructions that an initializer is made of; of
// larger tables nothing is known.
const maxInitializer = 2000

// InitializerName is the name under which the initializer of a package
// variable is kept.
func InitializerName(global string) string { return "init " + global }

// IsInitializer reports whether a function is one that Initializer made.
func IsInitializer(f *Func) bool { return strings.HasPrefix(f.Name, "init ") }

// Initializer adds to p the code that computes the initial value of a package
// variable: the part of the package's init function that the value depends on,
// in its order, as one block. It returns nil where that is not all there is to
// know, since control flow decides.
func (p *Program) Initializer(g *Global) *Func {
	global := g.Variable
	name := InitializerName(global.Pkg.Pkg.Path() + "." + global.Name())
	if f, known := p.Funcs[name]; known {
		return f
	}
	p.Funcs[name] = nil
	needed, ok := g.initializer()
	if !ok {
		return nil
	}
	f := &Func{Name: name, Pos: global.Pos(), program: p}
	l := newLowerer(p, f)
	l.global = global
	l.next = 1
	block := Block{Instrs: []Instr{{Op: Alloc, Dst: 0, Sym: "global"}}}
	for _, instr := range needed {
		if v, isValue := instr.(ssa.Value); isValue {
			l.assign(v)
		}
	}
	for _, instr := range needed {
		l.append(&block, instr)
	}
	result := l.next
	block.Instrs = append(block.Instrs,
		Instr{Op: Load, Dst: result, Type: l.typ(global.Type().(*types.Pointer).Elem()), Args: []Operand{0}},
		Instr{Op: Return, Dst: -1, Args: []Operand{Operand(result)}})
	f.Regs = int(result) + 1
	f.Blocks = []Block{block}
	p.Funcs[name] = f
	return f
}

// InitializerHas reports whether an instruction that the initial value depends on is
// one of those asked for.
func (g *Global) InitializerHas(asked func(ssa.Instruction) bool) bool {
	if len(g.Stores) == 0 {
		return false
	}
	needed, ok := g.initializer()
	return ok && slices.ContainsFunc(needed, asked)
}

// initializer returns the instructions of the package's init function that the stores
// depend on, in their order.
func (g *Global) initializer() ([]ssa.Instruction, bool) {
	order, last := g.order(), 0
	for _, s := range g.Stores {
		last = max(last, order[s])
	}
	needed := map[ssa.Instruction]bool{}
	work := slices.Clone(g.Stores)
	for len(work) > 0 {
		instr := work[len(work)-1]
		work = work[:len(work)-1]
		at, inside := order[instr]
		if needed[instr] || !inside || at > last {
			continue
		}
		needed[instr] = true
		if len(needed) > maxInitializer {
			return nil, false
		}
		if _, isPhi := instr.(*ssa.Phi); isPhi {
			return nil, false
		}
		work = append(work, dependencies(instr)...)
	}
	slice := make([]ssa.Instruction, 0, len(needed))
	for instr := range needed {
		slice = append(slice, instr)
	}
	slices.SortFunc(slice, func(a, b ssa.Instruction) int { return order[a] - order[b] })
	return slice, true
}

// orderOf numbers the instructions of a function.
func orderOf(fn *ssa.Function) map[ssa.Instruction]int {
	order := map[ssa.Instruction]int{}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			order[instr] = len(order)
		}
	}
	return order
}

// dependencies returns what instr's result is made of: its operands and, for
// memory that it makes or points into, what is written there.
func dependencies(instr ssa.Instruction) []ssa.Instruction {
	var deps []ssa.Instruction
	for _, operand := range instr.Operands(nil) {
		if made, ok := (*operand).(ssa.Instruction); ok {
			deps = append(deps, made)
		}
	}
	v, isValue := instr.(ssa.Value)
	if !isValue || v.Referrers() == nil {
		return deps
	}
	switch instr.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.FieldAddr, *ssa.IndexAddr:
		for _, user := range *v.Referrers() {
			switch user.(type) {
			case *ssa.Store, *ssa.MapUpdate, *ssa.FieldAddr, *ssa.IndexAddr:
				deps = append(deps, user)
			}
		}
	}
	return deps
}

// A Global is what the code of a package does with one of its variables.
type Global struct {
	Variable *ssa.Global
	Stores   []ssa.Instruction // in the package's init function
	Changed  bool              // code elsewhere may change it, or what it refers to; but see isHook

	order func() map[ssa.Instruction]int // of the instructions of that function, numbered once for all variables
}

// Globals finds out what the functions of a package do with its variables.
func Globals(pkg *ssax.Package) map[string]*Global {
	globals := map[string]*Global{}
	init := pkg.SSA.Func("init")
	order := sync.OnceValue(func() map[ssa.Instruction]int { return orderOf(init) })
	for _, member := range pkg.SSA.Members {
		if g, ok := member.(*ssa.Global); ok {
			globals[pkg.SSA.Pkg.Path()+"."+g.Name()] = &Global{Variable: g, order: order}
		}
	}
	called := sync.OnceValue(func() map[*ssa.Function]bool { return usedFunctions(pkg) })
	var operands []*ssa.Value
	for _, fn := range pkg.Funcs {
		inInit := fn == init
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				operands = instr.Operands(operands[:0])
				globalUses(globals, pkg.SSA, instr, operands, inInit, called)
			}
		}
	}
	return globals
}

func globalUses(globals map[string]*Global, pkg *ssa.Package, instr ssa.Instruction, operands []*ssa.Value, inInit bool, called func() map[*ssa.Function]bool) {
	for _, operand := range operands {
		v, ok := (*operand).(*ssa.Global)
		if !ok || v.Pkg != pkg {
			continue
		}
		g := globals[pkg.Pkg.Path()+"."+v.Name()]
		if g == nil {
			continue
		}
		stores, escapes := uses(instr, v, 0)
		if inInit {
			g.Stores = append(g.Stores, stores...)
		} else if len(stores) > 0 && !(isHook(v, instr.Parent()) && !called()[instr.Parent()]) {
			g.Changed = true
		}
		g.Changed = g.Changed || escapes
	}
}

// isHook reports whether a function that writes to a variable is only for other
// packages to put something in the place of what the variable has, or beside it: it is
// exported. If nothing of this package calls it, that goes on with what the variable
// starts with. That counts for functions that hand back something like what they are
// given, as wrappers do, and for tables of functions; a predicate that others are to
// replace is no evidence of how it decides.
func isHook(v *ssa.Global, setter *ssa.Function) bool {
	return setter.Parent() == nil && setter.Object() != nil && setter.Object().Exported() &&
		isReplaced(v.Type().Underlying().(*types.Pointer).Elem())
}

// usedFunctions returns the functions that the code of a package calls or hands on.
func usedFunctions(pkg *ssax.Package) map[*ssa.Function]bool {
	used := map[*ssa.Function]bool{}
	var operands []*ssa.Value
	for _, fn := range pkg.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				operands = instr.Operands(operands[:0])
				for _, operand := range operands {
					if fn, ok := (*operand).(*ssa.Function); ok {
						used[fn] = true
					}
				}
			}
		}
	}
	return used
}

// refersToCode reports whether values of a type are functions, or interfaces other than
// error.
func refersToCode(t types.Type) bool {
	_, isFunction := t.Underlying().(*types.Signature)
	return isFunction || types.IsInterface(t) && typeName(t) != "error"
}

// isReplaced reports whether a type is of wrappers, or of tables of functions.
func isReplaced(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Map:
		_, isFunction := t.Elem().Underlying().(*types.Signature)
		return isFunction
	case *types.Signature:
		for result := range t.Results().Variables() {
			for param := range t.Params().Variables() {
				if types.Identical(result.Type(), param.Type()) && refersToCode(param.Type()) {
					return true
				}
			}
		}
	}
	return false
}

// uses returns the instructions that write to address, or to the map or part
// of it that is read from there, through instr. It escapes where code that is
// not followed gets hold of the address. A method called on it does not count:
// (*Mutex).Lock and (*Upgrader).Upgrade do not configure their receivers.
func uses(instr ssa.Instruction, address ssa.Value, depth int) (stores []ssa.Instruction, escapes bool) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if instr.Addr == address {
			return []ssa.Instruction{instr}, false
		}
		return nil, isAddress(address)
	case *ssa.MapUpdate:
		if instr.Map == address {
			return []ssa.Instruction{instr}, false
		}
	case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.UnOp:
		v := instr.(ssa.Value)
		if _, isLoad := instr.(*ssa.UnOp); isLoad && !refers(v.Type()) {
			return nil, false
		}
		for _, user := range *v.Referrers() {
			if depth > 4 {
				return nil, true
			}
			more, out := uses(user, v, depth+1)
			stores, escapes = append(stores, more...), escapes || out
		}
	case ssa.CallInstruction:
		call := instr.Common()
		isReceiver := !call.IsInvoke() && call.Signature().Recv() != nil && len(call.Args) > 0 && call.Args[0] == address
		return nil, isAddress(address) && !isReceiver
	case *ssa.MakeInterface, *ssa.Phi, *ssa.Slice, *ssa.MakeClosure, *ssa.ChangeType:
		return nil, isAddress(address)
	}
	return stores, escapes
}

// refers reports whether a value of type t refers to memory that can be
// changed through it.
func refers(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Pointer:
		return true
	}
	return false
}

// isAddress reports whether v is the address of a variable or of a part of
// one, and not a value read from there.
func isAddress(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Global, *ssa.FieldAddr, *ssa.IndexAddr:
		return true
	}
	return false
}
