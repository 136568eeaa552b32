// Package ir is the form in which soplint keeps the code of a function: small,
// self-contained and serializable, so that a function can be followed from the
// package that calls it as well as from its own, under every driver.
//
// It is go/ssa with what the engine does not ask for left out. Registers hold
// values, blocks end in a Jump, If, Return or Panic, and types are reduced to
// what a value could be asked about: its kind and, for named types, its name.
package ir

import (
	"go/token"
	"go/types"

	"github.com/soplint/soplint/internal/ssax"
)

// Op is the operation of an instruction.
type Op uint8

// The operations. Args names what the operands are, in order.
const (
	Alloc       Op = iota // new cell; Sym tells cells of one function apart
	Load                  // address
	Store                 // address, value
	FieldAddr             // address of struct; Sym is package.Type.Field or just the field's name
	Field                 // struct; Sym as for FieldAddr
	IndexAddr             // address of array or slice, index
	Index                 // array or string, index
	Lookup                // map, key; CommaOk makes the result a tuple
	MapUpdate             // map, key, value
	MakeMap               //
	MakeSlice             //
	Slice                 // string or slice, low, high
	MakeClosure           // bindings; Sym is the function
	Copy                  // value: conversions that keep it
	Convert               // value: conversions that may change it; Type says to what
	TypeAssert            // value; CommaOk makes the result a tuple
	Extract               // tuple; Index is the position
	BinOp                 // left, right; Token is the operator
	UnOp                  // operand; Token is the operator
	Phi                   // one operand for each predecessor of the block
	Range                 // what is ranged over
	Next                  // iterator; the result is the tuple (ok, key, value)
	Call                  // arguments, receiver first; Sym is the static callee
	Invoke                // receiver, arguments; Sym is the interface method
	CallValue             // function value, arguments
	Go                    // as CallValue; runs beside
	Defer                 // as CallValue; runs at the end
	Return                // results
	If                    // condition; successors are true, false
	Jump                  //
	Panic                 // value
	Send                  // channel, value
	Other                 // nothing is known of its result
)

// Kind is what the engine distinguishes about types.
type Kind uint8

// The kinds.
const (
	Any Kind = iota
	Bool
	String
	Int
	Error
	Function
	Bytes   // []byte
	Strings // []string
	Pointer
	Struct
	Slices
	Map
	Interface
	Tuple
)

// A Type is what is kept of a Go type.
type Type struct {
	Kind Kind
	Name string // path.Name of a named type or of what a pointer points to, else ""
}

// A ConstKind says what a Const is.
type ConstKind uint8

// The kinds of constants.
const (
	StringConst ConstKind = iota
	BoolConst
	IntConst
	NilConst
	ZeroConst   // the zero value of a struct or array
	FuncConst   // Text is the function's name
	GlobalConst // Text is the package variable's name; the value is its address
	OtherConst  // floats and the like
)

// A Const is an operand that is not a register.
type Const struct {
	Kind ConstKind
	Text string
	Int  int64
}

// An Operand is a register where it is at least 0, else the constant
// Consts[-1-o].
type Operand int32

// An Instr is one instruction.
type Instr struct {
	Op      Op
	CommaOk bool
	Token   token.Token
	Dst     int32 // register that takes the result, -1 for none
	Index   int32
	Type    int32 // index into Program.Types of the result's type (for Store and MapUpdate: of the value's)
	Sym     string
	Dynamic string // for Copy into an interface: the type of the value, with a * before it for a pointer
	Args    []Operand
	Pos     token.Pos // position in the file set of the package that holds the code; a number in a Subset
	Results []int32   // for calls: types of the results
}

// A Block is a sequence of instructions that ends in a control transfer.
type Block struct {
	Instrs []Instr
	Preds  []int32
	Succs  []int32
	LiveIn []int32 // registers that this block or a later one reads, sorted
}

// A Param is a parameter, receiver first.
type Param struct {
	Name string
	Type int32
}

// A Free is a variable captured by a closure.
type Free struct {
	Name string
	Type int32
}

// A Func is the code of one function. Its first registers are the parameters,
// then the captured variables.
type Func struct {
	Name    string // types.Func.FullName, closures with $n behind
	Pos     token.Pos
	Params  []Param
	Free    []Free
	Consts  []Const
	Blocks  []Block
	Regs    int
	Results []int32 // types of the results
	Outer   string  // for closures: the function they stand in

	program *Program
}

// A Position is where an instruction stands, for code of another package.
type Position struct {
	File   string
	Line   int
	Column int
}

// A Program is code of one package.
type Program struct {
	Path  string // import path
	Types []Type
	Funcs map[string]*Func

	typeIndex map[Type]int32
	names     *ssax.Names
	fields    map[field]string // the names of those that its code addresses
}

// A field is one of a struct type, or of what a pointer to one points to.
type field struct {
	of    types.Type
	index int
}

// NewProgram returns an empty program for the package with that path, in which
// functions have those names.
func NewProgram(path string, names *ssax.Names) *Program {
	return &Program{
		Path: path, Types: []Type{{}}, Funcs: map[string]*Func{},
		typeIndex: map[Type]int32{{}: 0}, names: names, fields: map[field]string{},
	}
}

// fieldName is [FieldName], which makes the name of each field once.
func (p *Program) fieldName(t types.Type, index int) string {
	name, known := p.fields[field{t, index}]
	if !known {
		name = FieldName(t, index)
		p.fields[field{t, index}] = name
	}
	return name
}

func (p *Program) internType(t Type) int32 {
	i, ok := p.typeIndex[t]
	if !ok {
		i = int32(len(p.Types))
		p.Types = append(p.Types, t)
		p.typeIndex[t] = i
	}
	return i
}

// TypeOf returns the type at that index.
func (f *Func) TypeOf(index int32) Type { return f.program.Types[index] }

// Program returns the program that the function is part of.
func (f *Func) Program() *Program { return f.program }

// Size returns the number of instructions.
func (f *Func) Size() int {
	n := 0
	for i := range f.Blocks {
		n += len(f.Blocks[i].Instrs)
	}
	return n
}

// Unplace takes the positions from code that is in no file that a report could
// name.
func (f *Func) Unplace() {
	f.Pos = token.NoPos
	for b := range f.Blocks {
		for i := range f.Blocks[b].Instrs {
			f.Blocks[b].Instrs[i].Pos = token.NoPos
		}
	}
}

// Const returns the constant that an operand below 0 stands for.
func (f *Func) Const(o Operand) *Const { return &f.Consts[-1-o] }

// FirstRest returns the index of the first instruction behind the phis.
func (b *Block) FirstRest() int {
	for i := range b.Instrs {
		if b.Instrs[i].Op != Phi {
			return i
		}
	}
	return len(b.Instrs)
}

// CarriesText reports whether a value of the type can be a header's value.
func (t Type) CarriesText() bool {
	return t.Kind == String || t.Kind == Strings || t.Kind == Bytes || t.Kind == Interface
}

// Composed returns a function of that name in the same program as f that is given a
// value and count functions: it gives the value to the last function, what that returns
// to the one before, and so on, and returns what the first one returns. All these have
// the type result, an index into the types of the program; the calls stand at pos.
func (f *Func) Composed(name string, count int, result int32, pos token.Pos) *Func {
	composed := &Func{Name: name, Pos: pos, Params: make([]Param, count+1), Regs: 2*count + 1, Results: []int32{result}, program: f.program}
	composed.Params[0].Type = result
	var block Block
	value := Operand(0)
	for i := range count {
		made := int32(count + 1 + i)
		block.Instrs = append(block.Instrs, Instr{
			Op: CallValue, Dst: made, Type: result, Pos: pos, Args: []Operand{Operand(count - i), value}, Results: []int32{result},
		})
		value = Operand(made)
	}
	block.Instrs = append(block.Instrs, Instr{Op: Return, Dst: -1, Pos: pos, Args: []Operand{value}})
	composed.Blocks = []Block{block}
	return composed
}
