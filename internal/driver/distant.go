package driver

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
)

// place puts findings where they stand, in other packages than those of which the
// passes found them. One that cannot be shown there stays where it is.
func (r *run) place(all []finding.Finding) {
	finding.Sort(all) // what united findings say must not depend on the schedule
	for i := range all {
		f := &all[i]
		if f.Stands == nil || f.Package == f.Stands.Package {
			continue
		}
		if file := r.absolute(f.Stands.File); r.shows(f.Stands.Package, file) {
			r.move(f, file)
		} else {
			f.Stands = nil
		}
	}
}

func (r *run) absolute(file string) string {
	if file = filepath.FromSlash(file); filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(r.paths.dir, file)
}

// shows reports whether findings can stand in a file: it is one that somebody
// wrote, of a package whose findings are wanted.
func (r *run) shows(importPath, file string) bool {
	if vendored(r.paths.relative(file)) || generated(file) {
		return false
	}
	return slices.ContainsFunc(r.graph.sources, func(n *node) bool {
		return n.wanted && n.ForTest == "" && n.path() == importPath && slices.Contains(n.absoluteAll(n.GoFiles, n.CgoFiles), file)
	})
}

// move puts a finding where it stands, which then is no related place. The mend that
// it had was of code of the package that it was found in.
func (r *run) move(f *finding.Finding, file string) {
	to := f.Stands
	f.Package, f.File, f.Fixes = to.Package, to.File, []finding.Fix{}
	f.Line, f.Column, f.EndLine, f.EndColumn = to.Line, to.Column, to.Line, to.Column
	f.Related = slices.DeleteFunc(f.Related, func(at finding.Related) bool {
		return at.File == to.File && at.Line == to.Line && at.Column == to.Column
	})
	identify(f, to.Function)
	source, err := r.readSource(file)
	if err != nil {
		return
	}
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, source, parser.SkipObjectResolution)
	if err != nil || to.Line > fset.File(parsed.FileStart).LineCount() {
		return
	}
	start, end := rule.Extent(fset, parsed, fset.File(parsed.FileStart).LineStart(to.Line)+token.Pos(to.Column-1))
	if from, until := fset.Position(start), fset.Position(end); end.IsValid() {
		f.Column, f.EndLine, f.EndColumn = from.Column, until.Line, until.Column
	}
}
