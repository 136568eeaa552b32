package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Conversion puts text in the place of the conversion at pos to a type of another
// package. In text, {package} stands for the name that the file has for that
// package, an import path in braces for that of another, and {argument} for what
// is converted.
func Conversion(pass *analysis.Pass, pos token.Pos, path, text, title string) *analysis.SuggestedFix {
	call := callAt(pass, pos)
	if call == nil || len(call.Args) != 1 || !pass.TypesInfo.Types[call.Fun].IsType() {
		return nil
	}
	text, ok := fill(pass, pos, path, text)
	if !ok {
		return nil
	}
	text = strings.ReplaceAll(text, "{argument}", source(pass, call.Args[0]))
	return replace(title, call.Pos(), call.End(), indented(pass, call, text))
}

// Callee puts another method of the same receiver into the call at pos of the
// method old.
func Callee(pass *analysis.Pass, pos token.Pos, old, replacement, title string) *analysis.SuggestedFix {
	call := callAt(pass, pos)
	if call == nil {
		return nil
	}
	method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || method.Sel.Name != old {
		return nil
	}
	return replace(title, method.Sel.Pos(), method.Sel.End(), replacement)
}

// Handler puts text in the place of the handler that is given to a server at pos:
// an argument of type http.Handler, or the value of a field. In text, {argument}
// stands for that handler, and {http} for the name that the file has for net/http.
// It returns nil where the handler is nil or the file does not import net/http.
func Handler(pass *analysis.Pass, pos token.Pos, text, title string) *analysis.SuggestedFix {
	handler := handlerAt(pass, pos)
	if handler == nil || pass.TypesInfo.Types[handler].IsNil() {
		return nil
	}
	path := enclosing(pass, pos)
	for _, spec := range path[len(path)-1].(*ast.File).Imports {
		if spec.Path.Value != `"net/http"` {
			continue
		}
		name := "http"
		if spec.Name != nil {
			name = spec.Name.Name
		}
		text = strings.ReplaceAll(strings.ReplaceAll(text, "{http}", name), "{argument}", source(pass, handler))
		return replace(title, handler.Pos(), handler.End(), text)
	}
	return nil
}

// handlerAt returns what is given to a server at pos.
func handlerAt(pass *analysis.Pass, pos token.Pos) ast.Expr {
	for _, node := range enclosing(pass, pos) {
		switch node := node.(type) {
		case *ast.KeyValueExpr:
			return node.Value
		case *ast.AssignStmt:
			if len(node.Rhs) == 1 && len(node.Lhs) == 1 {
				return node.Rhs[0]
			}
			return nil
		case *ast.CallExpr:
			signature, ok := pass.TypesInfo.TypeOf(node.Fun).(*types.Signature)
			for i, arg := range node.Args {
				if ok && i < signature.Params().Len() && signature.Params().At(i).Type().String() == "net/http.Handler" {
					return arg
				}
			}
			return nil
		}
	}
	return nil
}

// Return adds a return behind the statement at pos, in a function without
// results.
func Return(pass *analysis.Pass, pos token.Pos, title string) *analysis.SuggestedFix {
	var statement *ast.ExprStmt
	for _, node := range enclosing(pass, pos) {
		switch node := node.(type) {
		case *ast.ExprStmt:
			if statement == nil {
				statement = node
			}
		case *ast.FuncLit:
			return returnBehind(pass, statement, node.Type, title)
		case *ast.FuncDecl:
			return returnBehind(pass, statement, node.Type, title)
		}
	}
	return nil
}

func returnBehind(pass *analysis.Pass, statement *ast.ExprStmt, function *ast.FuncType, title string) *analysis.SuggestedFix {
	if statement == nil || function.Results != nil {
		return nil
	}
	return replace(title, statement.End(), statement.End(), "\n"+indentation(pass, statement)+"return")
}
