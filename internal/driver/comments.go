package driver

import (
	"bytes"
	"cmp"
	"go/ast"
	"path"
	"slices"
)

// A Comment is a line comment of an analysed file.
type Comment struct {
	Package      string
	File         string
	Line, Column int
	EndColumn    int
	Text         string // with its slashes
	// Target is the line that the comment is about: its own, if there is code
	// before it, or the line below the comment group that it is in.
	Target int
	// Fingerprint identifies it like a finding's does, by text instead of line.
	Fingerprint string
}

// keepComments collects the comments that the options pick, in the files that
// findings are kept for.
func (r *run) keepComments(c *checked) {
	if r.KeepComment == nil {
		return
	}
	var kept []Comment
	for _, file := range c.files {
		if !r.ownFile(c, file.Package) {
			continue
		}
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if r.KeepComment(comment.Text) {
					kept = append(kept, r.comment(c, group, comment))
				}
			}
		}
	}
	c.found.Comments = append(c.found.Comments, kept...)
}

func (r *run) comment(c *checked, group *ast.CommentGroup, comment *ast.Comment) Comment {
	at := r.position(comment.Pos())
	out := Comment{Package: c.node.path(), File: at.file, Line: at.line, Column: at.column,
		EndColumn: r.position(comment.End()).column, Text: comment.Text, Target: at.line}
	if raw := r.fset.PositionFor(comment.Pos(), false); alone(c.contents[raw.Filename], raw.Offset) {
		out.Target = r.position(group.End()).line + 1
	}
	return out
}

// alone reports whether only white space precedes offset on its line.
func alone(data []byte, offset int) bool {
	if offset > len(data) {
		return false
	}
	start := bytes.LastIndexByte(data[:offset], '\n') + 1
	return len(bytes.TrimSpace(data[start:offset])) == 0
}

// sortComments orders comments by place; a package and its test variants have
// their comments in common.
func sortComments(comments []Comment) []Comment {
	ordinals := make(map[string]int)
	slices.SortFunc(comments, func(a, b Comment) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	comments = slices.CompactFunc(comments, func(a, b Comment) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column
	})
	for i := range comments {
		c := &comments[i]
		identity := c.Package + "/" + path.Base(c.File) + "\x00" + c.Text
		c.Fingerprint = fingerprint(identity, ordinals[identity])
		ordinals[identity]++
	}
	return comments
}
