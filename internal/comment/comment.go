// Package comment finds the comments of a file that speak about a line of it.
package comment

import (
	"bytes"
	"go/ast"
	"go/token"
)

// An About is a comment and the line that it is about: its own, if there is
// code before it, or the one below the group of comments that it is in.
type About struct {
	*ast.Comment
	Line int
}

// Find returns the comments of file whose text is wanted. source is the text
// that file was parsed from.
func Find(fset *token.FileSet, file *ast.File, source []byte, wanted func(text string) bool) []About {
	var found []About
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if !wanted(comment.Text) {
				continue
			}
			about := About{Comment: comment, Line: fset.Position(comment.Pos()).Line}
			if alone(source, fset.PositionFor(comment.Pos(), false).Offset) {
				about.Line = fset.Position(group.End()).Line + 1
			}
			found = append(found, about)
		}
	}
	return found
}

// alone reports whether only white space precedes offset on its line.
func alone(source []byte, offset int) bool {
	if offset > len(source) {
		return false
	}
	start := bytes.LastIndexByte(source[:offset], '\n') + 1
	return len(bytes.TrimSpace(source[start:offset])) == 0
}
