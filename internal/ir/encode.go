package ir

import (
	"bytes"
	"encoding/gob"
	"go/token"
	"maps"
	"slices"
)

// wire is the serialized form of a Program. It has no maps, whose order would
// differ from run to run.
type wire struct {
	Path  string
	Types []Type
	Funcs []*Func
}

// GobEncode implements [gob.GobEncoder].
func (p *Program) GobEncode() ([]byte, error) {
	w := wire{Path: p.Path, Types: p.Types}
	for _, name := range slices.Sorted(maps.Keys(p.Funcs)) {
		w.Funcs = append(w.Funcs, p.Funcs[name])
	}
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(w)
	return buf.Bytes(), err
}

// GobDecode implements [gob.GobDecoder].
func (p *Program) GobDecode(data []byte) error {
	var w wire
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&w); err != nil {
		return err
	}
	*p = Program{Path: w.Path, Types: w.Types, Funcs: map[string]*Func{}}
	for _, f := range w.Funcs {
		f.program = p
		p.Funcs[f.Name] = f
	}
	return nil
}

// Subset returns a program with only those functions of p, for other packages.
// Its instructions are numbered in the order of their positions, from 1, instead
// of having those: the numbers stay the same where code is only moved. At the
// index that a function, a call, a write or a condition has for its number, places
// holds its position.
func (p *Program) Subset(names []string, fset *token.FileSet) (sub *Program, places []Position) {
	sub = &Program{Path: p.Path, Types: p.Types, Funcs: map[string]*Func{}}
	var funcs []*Func
	for _, name := range names {
		if f := p.Funcs[name]; f != nil {
			funcs = append(funcs, f)
		}
	}
	number := numberPositions(funcs)
	places = make([]Position, len(number))
	for _, f := range funcs {
		sub.Funcs[f.Name] = f.numbered(sub, number)
		if f.Pos.IsValid() {
			places[number[f.Pos]] = locate(f.Pos, fset)
		}
		for i := range f.Blocks {
			for k := range f.Blocks[i].Instrs {
				if instr := &f.Blocks[i].Instrs[k]; instr.isTold() {
					places[number[instr.Pos]] = locate(instr.Pos, fset)
				}
			}
		}
	}
	return sub, places
}

// numberPositions gives the positions in functions their numbers; that of NoPos
// is 0.
func numberPositions(funcs []*Func) map[token.Pos]token.Pos {
	number := map[token.Pos]token.Pos{token.NoPos: 0}
	for _, f := range funcs {
		number[f.Pos] = 0
		for b := range f.Blocks {
			for i := range f.Blocks[b].Instrs {
				number[f.Blocks[b].Instrs[i].Pos] = 0
			}
		}
	}
	for i, pos := range slices.Sorted(maps.Keys(number)) {
		number[pos] = token.Pos(i)
	}
	return number
}

// numbered returns a copy of f for a program with numbers for positions.
func (f *Func) numbered(p *Program, number map[token.Pos]token.Pos) *Func {
	copied := *f
	copied.program = p
	copied.Pos = number[f.Pos]
	copied.Blocks = slices.Clone(f.Blocks)
	for b := range copied.Blocks {
		block := &copied.Blocks[b]
		block.Instrs = slices.Clone(block.Instrs)
		for i := range block.Instrs {
			block.Instrs[i].Pos = number[block.Instrs[i].Pos]
		}
	}
	return &copied
}

// isTold reports whether reports may say where the instruction stands.
func (i *Instr) isTold() bool {
	switch i.Op {
	case Call, Invoke, CallValue, MapUpdate, Lookup, If:
		return i.Pos.IsValid()
	}
	return false
}

func locate(pos token.Pos, fset *token.FileSet) Position {
	at := fset.Position(pos)
	return Position{File: at.Filename, Line: at.Line, Column: at.Column}
}
