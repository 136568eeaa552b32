package served

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/page"
	"github.com/soplint/soplint/internal/ssax"
)

type search struct {
	pass     *analysis.Pass
	table    *model.Table
	root     string // folder of the module
	realRoot string // the same, links followed
	folder   string // of the package

	own      []string                  // patterns of go:embed in the package
	asked    []string                  // paths that the program names
	imported []string                  // folders of packages of the module that this one imports
	packages map[string]*types.Package // those packages by their folders, where they are at hand
	files    map[string]bool
	literals []*File
	scratch  bytes.Buffer // see embedsIn
	seen     *sync.Map    // where only files are at hand: what others have found in folders
}

// goFile looks in a file of the package for what it serves.
func (s *search) goFile(file *ast.File) {
	s.own = append(s.own, patternsOf(file)...)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			s.call(n)
		case *ast.BasicLit:
			s.literal(n)
		}
		return true
	})
}

// call notes the files that a call serves.
func (s *search) call(call *ast.CallExpr) {
	for _, row := range s.rows(call) {
		if !strings.HasPrefix(row.Role, "page.") {
			continue
		}
		first, err := strconv.Atoi(row.Arg("path"))
		if err != nil {
			continue
		}
		for i := first; i < len(call.Args); i++ {
			if name, ok := s.path(call.Args[i]); ok {
				s.asked = append(s.asked, name)
			}
		}
	}
}

// rows returns the rows of the function that is called, or of the type that is
// converted to.
func (s *search) rows(call *ast.CallExpr) []*model.Row {
	if fn, ok := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func); ok {
		return ssax.FuncRows(s.table, fn)
	}
	if t := s.pass.TypesInfo.Types[call.Fun]; t.IsType() {
		return ssax.TypeRows(s.table, t.Type)
	}
	return nil
}

// path returns the path that an expression is: a constant, or constants that are
// joined.
func (s *search) path(e ast.Expr) (string, bool) {
	if value := s.pass.TypesInfo.Types[e].Value; value != nil && value.Kind() == constant.String {
		return constant.StringVal(value), true
	}
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	fn, ok := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func)
	if !ok || ssax.FullName(fn) != "path/filepath.Join" && ssax.FullName(fn) != "path.Join" {
		return "", false
	}
	parts := make([]string, len(call.Args))
	for i, arg := range call.Args {
		if parts[i], ok = s.path(arg); !ok {
			return "", false
		}
	}
	return path.Join(parts...), true
}

// literal notes a literal that holds a page, or a part of one that has a script.
func (s *search) literal(literal *ast.BasicLit) {
	if literal.Kind != token.STRING || !strings.Contains(literal.Value, "<script") && !strings.Contains(literal.Value, "<html") {
		return
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil || !strings.Contains(text, "</script>") && !strings.Contains(text, "</html>") {
		return
	}
	s.literals = append(s.literals, &File{Page: page.ReadHTML([]byte(text)), literal: literal, fset: s.pass.Fset})
}

const embedDirective = "//go:embed"

// imports notes the folders of the packages of the module that this one imports:
// what they embed is served, too, and they need not have to do with the web
// themselves.
func (s *search) imports() {
	if s.pass.Module == nil || s.pass.Module.Path == "" {
		return
	}
	s.packages = map[string]*types.Package{}
	for _, imported := range s.pass.Pkg.Imports() {
		if inside, ok := strings.CutPrefix(imported.Path(), s.pass.Module.Path+"/"); ok {
			folder := filepath.Join(s.root, filepath.FromSlash(inside))
			s.imported = append(s.imported, folder)
			s.packages[folder] = imported
		}
	}
	slices.Sort(s.imported)
}
