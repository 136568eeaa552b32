// Package mutant makes changed copies of Go packages, to test what analyses them:
// copies that mean the same, of which the same must be said; copies that are
// broken in any way, which must not break the analysis; and copies with a guard
// taken away or put in, after which something must be said, or nothing any more.
package mutant

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// A Package is a type-checked package to make mutants of.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File
	Info  *types.Info
	Text  map[string][]byte // the content of the files, by name
}

// A Mutant is a changed copy of a package.
type Mutant struct {
	Name     string // what was changed, and where
	Function string // that it was changed in, "" for the package; what stands in a variable's value has its name
	Text     map[string][]byte
}

// An edit replaces a part of a file.
type edit struct {
	from, to token.Pos
	text     string
}

// mutant carries out edits, which do not overlap.
func (p *Package) mutant(name, function string, edits ...edit) Mutant {
	m := Mutant{Name: name, Function: function, Text: map[string][]byte{}}
	for file, text := range p.Text {
		m.Text[file] = text
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return int(b.from) - int(a.from) }) // from the back
	for _, e := range edits {
		at := p.Fset.PositionFor(e.from, false)
		end := p.Fset.PositionFor(e.to, false).Offset
		text := m.Text[at.Filename]
		m.Text[at.Filename] = slices.Concat(text[:at.Offset], []byte(e.text), text[end:])
	}
	if len(edits) > 0 {
		at := p.Fset.PositionFor(edits[len(edits)-1].from, false)
		m.Name = fmt.Sprintf("%s at line %d", name, at.Line)
	}
	return m
}

// source returns a node as it stands in the file.
func (p *Package) source(n ast.Node) string {
	from, to := p.Fset.PositionFor(n.Pos(), false), p.Fset.PositionFor(n.End(), false)
	return string(p.Text[from.Filename][from.Offset:to.Offset])
}

// Enclosing returns the name of the function, or of the variable, in whose
// declaration a line is.
func (p *Package) Enclosing(file string, line int) string {
	for _, f := range p.Files {
		if p.Fset.PositionFor(f.Package, false).Filename != file {
			continue
		}
		for _, decl := range f.Decls {
			for name, part := range declared(decl) {
				if p.Fset.PositionFor(part.Pos(), false).Line <= line && line <= p.Fset.PositionFor(part.End(), false).Line {
					return name
				}
			}
		}
	}
	return ""
}

// declared returns what a declaration declares, by name; methods have the one of
// their receiver's type in front.
func declared(decl ast.Decl) map[string]ast.Node {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return map[string]ast.Node{functionName(decl): decl}
	case *ast.GenDecl:
		parts := map[string]ast.Node{}
		for _, spec := range decl.Specs {
			if value, ok := spec.(*ast.ValueSpec); ok {
				parts[value.Names[0].Name] = value
			}
		}
		return parts
	}
	return nil
}

func functionName(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return decl.Name.Name
	}
	t := decl.Recv.List[0].Type
	for {
		switch at := t.(type) {
		case *ast.StarExpr:
			t = at.X
		case *ast.IndexExpr:
			t = at.X
		case *ast.Ident:
			return at.Name + "." + decl.Name.Name
		default:
			return decl.Name.Name
		}
	}
}

// each calls f for every node of the package, with the name of the function that
// it stands in.
func (p *Package) each(f func(n ast.Node, function string)) {
	for _, file := range p.Files {
		for _, decl := range file.Decls {
			names := declared(decl)
			for _, name := range slices.Sorted(maps.Keys(names)) {
				ast.Inspect(names[name], func(n ast.Node) bool {
					if n != nil {
						f(n, name)
					}
					return true
				})
			}
		}
	}
}

// lists calls f for every list of statements.
func (p *Package) lists(f func(list []ast.Stmt, function string)) {
	p.each(func(n ast.Node, function string) {
		switch n := n.(type) {
		case *ast.BlockStmt:
			f(n.List, function)
		case *ast.CaseClause:
			f(n.Body, function)
		case *ast.CommClause:
			f(n.Body, function)
		}
	})
}

// isPlain reports whether a statement can stand in a function of its own: it
// declares nothing and goes nowhere.
func isPlain(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.DeclStmt, *ast.ReturnStmt, *ast.BranchStmt, *ast.LabeledStmt, *ast.DeferStmt:
		return false
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			return false
		}
	}
	plain := true
	ast.Inspect(s, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.BranchStmt, *ast.DeferStmt, *ast.LabeledStmt:
			plain = false
		}
		return plain
	})
	return plain
}

// short is a text as names of mutants quote it.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return text[:min(len(text), 60)]
}
