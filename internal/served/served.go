// Package served finds the pages and scripts that a Go program serves, and reads
// them.
//
// Which files those are is told by the program: by go:embed, by the functions
// that parse templates or serve files and folders (roles page.file, page.glob,
// page.folder of the models) with names that are constants, and by literals in
// the source that hold whole pages or scripts. Nothing outside the module is
// read, and nothing that somebody else wrote or a machine made: vendored and
// minified scripts.
package served

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/page"
	"github.com/soplint/soplint/internal/rule"
)

// Analyzer finds and reads the pages that a package serves.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintserved",
	Doc:        "soplintserved: read served pages for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
}

// A Result is what a package serves.
type Result struct {
	Files []*File

	depends *dependency // nil where there is nothing to read
}

// A File is a file with pages or scripts, or a literal in Go source that holds
// one.
type File struct {
	Page    *page.Page
	name    string
	content []byte

	fset    *token.FileSet
	file    *token.File // of a file other than Go source, once a position of it was asked for
	literal *ast.BasicLit
}

// Pos returns the position of an offset in the file.
func (f *File) Pos(offset int) token.Pos {
	if f.literal != nil {
		if f.literal.Value[0] == '`' {
			return f.literal.Pos() + 1 + token.Pos(offset)
		}
		return f.literal.Pos()
	}
	if f.file == nil {
		f.file = f.fset.AddFile(f.name, -1, len(f.content))
		f.file.SetLinesForContent(f.content)
	}
	return f.file.Pos(min(offset, len(f.content)))
}

// Tell tells those who show a pass's result which files it speaks of, and what
// people have written into them about its reports.
func (r *Result) Tell(reporter *rule.Reporter) {
	if r.depends != nil {
		reporter.DependsOn(r.depends)
	}
	for _, f := range r.Files {
		if f.literal == nil {
			reporter.Read(f.name, f.content, f.directives())
		}
	}
}

func run(pass *analysis.Pass) (any, error) {
	result := &Result{}
	if len(pass.Files) == 0 {
		return result, nil
	}
	s := &search{pass: pass, table: model.Builtin()}
	s.place(filepath.Dir(pass.Fset.Position(pass.Files[0].Package).Filename))
	if s.root != "" {
		for _, file := range pass.Files {
			s.goFile(file)
		}
		s.imports()
	}
	found := s.find()
	result.depends = &dependency{Folder: s.folder, Own: s.own, Asked: s.asked, Imported: s.imported, Sum: sum(s.root, found)}
	for _, f := range found {
		result.Files = append(result.Files, &File{Page: read(f.name, f.content), name: f.name, content: f.content, fset: pass.Fset})
	}
	result.Files = append(result.Files, s.literals...)
	return result, nil
}
