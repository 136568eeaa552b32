package ir

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/token"
	"maps"
	"slices"
)

// wire is the serialized form of a Program. It has no maps, whose order would
// differ from run to run, and numbers positions from 1 in their order: where a
// file set places the files of a package is different from run to run, too.
type wire struct {
	Path      string
	Types     []Type
	Funcs     []*Func
	Places    []token.Pos
	Positions []Position
}

// GobEncode implements [gob.GobEncoder].
func (p *Program) GobEncode() ([]byte, error) {
	w := wire{Path: p.Path, Types: p.Types}
	number := p.numberPositions()
	for _, name := range slices.Sorted(maps.Keys(p.Funcs)) {
		w.Funcs = append(w.Funcs, p.Funcs[name].renumbered(number))
	}
	for _, pos := range slices.Sorted(maps.Keys(p.Positions)) {
		w.Places = append(w.Places, number[pos])
		w.Positions = append(w.Positions, p.Positions[pos])
	}
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(w)
	return buf.Bytes(), err
}

// numberPositions gives each position of the program its number; that of
// NoPos is 0.
func (p *Program) numberPositions() map[token.Pos]token.Pos {
	number := map[token.Pos]token.Pos{token.NoPos: token.NoPos}
	for pos := range p.Positions {
		number[pos] = 0
	}
	for _, f := range p.Funcs {
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

// renumbered returns a copy of f with other positions.
func (f *Func) renumbered(number map[token.Pos]token.Pos) *Func {
	copied := *f
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

// GobDecode implements [gob.GobDecoder].
func (p *Program) GobDecode(data []byte) error {
	var w wire
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&w); err != nil {
		return err
	}
	if len(w.Places) != len(w.Positions) {
		return fmt.Errorf("program %s: %d places, %d positions", w.Path, len(w.Places), len(w.Positions))
	}
	*p = Program{Path: w.Path, Types: w.Types, Funcs: map[string]*Func{}, Positions: map[token.Pos]Position{}}
	for _, f := range w.Funcs {
		f.program = p
		p.Funcs[f.Name] = f
	}
	for i, pos := range w.Places {
		p.Positions[pos] = w.Positions[i]
	}
	return nil
}

// Subset returns a program with only those functions of p, with the positions
// of their calls and writes.
func (p *Program) Subset(names []string, fset *token.FileSet) *Program {
	sub := &Program{Path: p.Path, Types: p.Types, Funcs: map[string]*Func{}, Positions: map[token.Pos]Position{}}
	for _, name := range names {
		f := p.Funcs[name]
		if f == nil {
			continue
		}
		copied := *f
		copied.program = sub
		sub.Funcs[name] = &copied
		for i := range f.Blocks {
			for k := range f.Blocks[i].Instrs {
				sub.locate(&f.Blocks[i].Instrs[k], fset)
			}
		}
	}
	return sub
}

func (p *Program) locate(instr *Instr, fset *token.FileSet) {
	switch instr.Op {
	case Call, Invoke, CallValue, MapUpdate, Lookup:
		if instr.Pos.IsValid() {
			at := fset.Position(instr.Pos)
			p.Positions[instr.Pos] = Position{File: at.Filename, Line: at.Line, Column: at.Column}
		}
	}
}
