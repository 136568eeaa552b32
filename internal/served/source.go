package served

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/page"
)

type search struct {
	pass     *analysis.Pass
	table    *model.Table
	root     string // folder of the module
	realRoot string // the same, links followed
	folder   string // of the package

	files    map[string]bool
	literals []*File
}

// goFile looks in a file of the package for what it serves.
func (s *search) goFile(file *ast.File) {
	s.embedded(s.folder, file)
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
	symbol := s.symbol(call)
	if symbol == "" {
		return
	}
	for _, row := range s.table.Lookup(symbol) {
		if !strings.HasPrefix(row.Role, "page.") {
			continue
		}
		first, err := strconv.Atoi(row.Arg("path"))
		if err != nil {
			continue
		}
		for i := first; i < len(call.Args); i++ {
			if name, ok := s.path(call.Args[i]); ok {
				s.add(s.locate(name))
			}
		}
	}
}

// symbol returns the full name of the function that is called, or of the type
// that is converted to.
func (s *search) symbol(call *ast.CallExpr) string {
	if fn, ok := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func); ok {
		return fn.Origin().FullName()
	}
	if t := s.pass.TypesInfo.Types[call.Fun]; t.IsType() {
		if named, ok := types.Unalias(t.Type).(*types.Named); ok && named.Obj().Pkg() != nil {
			return named.Obj().Pkg().Path() + "." + named.Obj().Name()
		}
	}
	return ""
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
	if !ok || fn.FullName() != "path/filepath.Join" && fn.FullName() != "path.Join" {
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

// embedded notes the files that a Go file in that folder embeds.
func (s *search) embedded(folder string, file *ast.File) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			patterns, ok := strings.CutPrefix(comment.Text, embedDirective)
			if !ok {
				continue
			}
			for _, pattern := range strings.Fields(patterns) {
				pattern = strings.TrimPrefix(strings.Trim(pattern, "\"`"), "all:")
				s.add(filepath.Join(folder, filepath.FromSlash(pattern)))
			}
		}
	}
}

// embeds notes what the packages of the module embed that this one imports: such
// a package need not have to do with the web itself.
func (s *search) embeds() {
	if s.pass.Module == nil || s.pass.Module.Path == "" {
		return
	}
	for _, imported := range s.pass.Pkg.Imports() {
		inside, ok := strings.CutPrefix(imported.Path(), s.pass.Module.Path+"/")
		if !ok {
			continue
		}
		folder := filepath.Join(s.root, filepath.FromSlash(inside))
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			continue
		}
		for _, name := range names {
			content, err := os.ReadFile(name)
			if err != nil || strings.HasSuffix(name, "_test.go") || !bytes.Contains(content, []byte(embedDirective)) {
				continue
			}
			if file, err := parser.ParseFile(token.NewFileSet(), name, content, parser.ParseComments); err == nil {
				s.embedded(folder, file)
			}
		}
	}
}
