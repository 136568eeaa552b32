package rule

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/syntax"
)

// extent widens a position in a file of the package.
func extent(pass *analysis.Pass, pos token.Pos) (start, end token.Pos) {
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return Extent(pass.Fset, file, pos)
		}
	}
	return pos, token.NoPos
}

// Extent widens a position to what should be looked at there: the engine knows
// calls by their parentheses and fields by their colons, editors underline the
// call and the field. The line stays the same. Without anything to widen it to,
// end is [token.NoPos].
func Extent(fset *token.FileSet, file *ast.File, pos token.Pos) (start, end token.Pos) {
	for _, node := range syntax.Enclosing(file, pos) {
		if start, end, ok := around(node, pos); ok && fset.Position(start).Line == fset.Position(pos).Line {
			return start, end
		}
	}
	return pos, token.NoPos
}

// around returns the part of node that pos stands for, if it stands for one.
func around(node ast.Node, pos token.Pos) (start, end token.Pos, ok bool) {
	switch node := node.(type) {
	case *ast.CallExpr:
		if node.Lparen == pos {
			if selector, isSelector := node.Fun.(*ast.SelectorExpr); isSelector {
				return selector.Sel.Pos(), node.End(), true
			}
			return node.Pos(), node.End(), true
		}
	case *ast.KeyValueExpr:
		if node.Colon == pos {
			return node.Pos(), node.End(), true
		}
	case *ast.CompositeLit:
		if node.Lbrace == pos {
			return node.Pos(), node.End(), true
		}
	case *ast.Ident:
		if node.Pos() == pos {
			return node.Pos(), node.End(), true
		}
	}
	return 0, 0, false
}
