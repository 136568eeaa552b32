package driver

import (
	"cmp"
	"path"
	"slices"

	"github.com/soplint/soplint/internal/comment"
	"github.com/soplint/soplint/internal/rule"
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
		source := c.contents[r.fset.PositionFor(file.Package, false).Filename]
		for _, about := range comment.Find(r.fset, file, source, r.KeepComment) {
			at := r.position(about.Pos())
			kept = append(kept, Comment{Package: c.node.path(), File: at.file, Line: at.line, Column: at.column,
				EndColumn: r.position(about.End()).column, Text: about.Text, Target: about.Line})
		}
	}
	c.found.Comments = append(c.found.Comments, kept...)
}

// keepDirectives is keepComments for the directives that a pass found in files
// other than Go source.
func (r *run) keepDirectives(c *checked, directives []rule.Directive) {
	if r.KeepComment == nil {
		return
	}
	for _, d := range directives {
		if !r.KeepComment(d.Text) || !r.ownFile(c, d.Pos) {
			continue
		}
		at := r.position(d.Pos)
		about := Comment{Package: c.node.path(), File: at.file, Line: at.line, Column: at.column,
			EndColumn: r.position(d.End).column, Text: d.Text, Target: at.line}
		if d.Alone {
			about.Target++
		}
		c.found.Comments = append(c.found.Comments, about)
	}
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
