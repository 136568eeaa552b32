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
// differ from run to run.
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
	for _, name := range slices.Sorted(maps.Keys(p.Funcs)) {
		w.Funcs = append(w.Funcs, p.Funcs[name])
	}
	for _, pos := range slices.Sorted(maps.Keys(p.Positions)) {
		w.Places = append(w.Places, pos)
		w.Positions = append(w.Positions, p.Positions[pos])
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
