// Package syntax finds nodes of syntax trees.
package syntax

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ast/astutil"
)

// Enclosing returns the nodes of a file that hold pos, innermost first, as
// [astutil.PathEnclosingInterval] does.
//
// That one lists and sorts all children of each node on the way, which in a
// function of thousands of statements, with something to report on in each, is
// their square. The statement that holds pos is found here by comparing positions,
// and it is asked about that one alone.
func Enclosing(file *ast.File, pos token.Pos) []ast.Node {
	statement, around := innermostStatement(file, pos)
	if statement == nil {
		path, _ := astutil.PathEnclosingInterval(file, pos, pos)
		return path
	}
	path, _ := astutil.PathEnclosingInterval(fileOf(statement), pos, pos)
	end := slices.Index(path, ast.Node(statement))
	return append(path[:end+1:end+1], around...)
}

// innermostStatement returns the smallest statement that holds pos, nil if there
// is none, and the nodes around it, innermost first.
func innermostStatement(file *ast.File, pos token.Pos) (statement ast.Stmt, around []ast.Node) {
	var path []ast.Node
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		if n == nil || n.Pos() > pos || n.End() <= pos {
			return false
		}
		path = append(path, n)
		switch n := n.(type) {
		case *ast.File:
			inspectAt(n.Decls, pos, visit)
			return false
		case *ast.BlockStmt:
			inspectAt(n.List, pos, visit)
			return false
		}
		return true
	}
	ast.Inspect(file, visit)
	for i, n := range slices.Backward(path) {
		if s, ok := n.(ast.Stmt); ok {
			around = slices.Clone(path[:i])
			slices.Reverse(around)
			return s, around
		}
	}
	return nil, nil
}

// inspectAt inspects the one of the nodes, which follow each other, that holds pos: there
// may be thousands of them, and a report about each.
func inspectAt[N ast.Node](nodes []N, pos token.Pos, visit func(ast.Node) bool) {
	i, found := slices.BinarySearchFunc(nodes, pos, func(n N, pos token.Pos) int {
		switch {
		case n.End() <= pos:
			return -1
		case n.Pos() > pos:
			return 1
		}
		return 0
	})
	if found {
		ast.Inspect(nodes[i], visit)
	}
}

// fileOf returns a file whose only statement is that one. What is before it stands
// before all positions that there are.
func fileOf(statement ast.Stmt) *ast.File {
	return &ast.File{Package: -100, Name: &ast.Ident{NamePos: -80}, Decls: []ast.Decl{&ast.FuncDecl{
		Type: &ast.FuncType{Func: -60, Params: &ast.FieldList{Opening: -40, Closing: -30}},
		Name: &ast.Ident{NamePos: -50},
		Body: &ast.BlockStmt{Lbrace: -20, List: []ast.Stmt{statement}, Rbrace: statement.End()},
	}}}
}
