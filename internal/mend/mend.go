// Package mend makes the suggested fixes of passes: small edits of the source
// that compile.
package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/syntax"
	"golang.org/x/tools/go/types/typeutil"
)

// Literal replaces the string literal that stands for old in the statement or
// field at pos. It returns nil if there is no such literal: then the value comes
// from elsewhere.
func Literal(pass *analysis.Pass, pos token.Pos, old, replacement, title string) *analysis.SuggestedFix {
	path := enclosing(pass, pos)
	for _, node := range path {
		switch node.(type) {
		case *ast.CallExpr, *ast.KeyValueExpr, *ast.AssignStmt:
		default:
			continue
		}
		if literal := find(node, old); literal != nil {
			return replace(title, literal.Pos(), literal.End(), strconv.Quote(replacement))
		}
	}
	return nil
}

// Pattern replaces the string literal that stands for old where it is given to a
// function of package regexp. It returns nil unless the package has exactly one
// such place.
func Pattern(pass *analysis.Pass, old, replacement, title string) *analysis.SuggestedFix {
	var found []*ast.BasicLit
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isRegexp(pass, call) {
				if literal := find(call, old); literal != nil {
					found = append(found, literal)
				}
			}
			return true
		})
	}
	if len(found) != 1 {
		return nil
	}
	return replace(title, found[0].Pos(), found[0].End(), quoteLike(found[0].Value, replacement))
}

// Suffix replaces the call at pos, of a function like strings.HasSuffix(text,
// domain) with a literal for the domain, by one that wants a dot before it or
// the whole text to be the domain's own.
func Suffix(pass *analysis.Pass, pos token.Pos, domain, whole string) *analysis.SuggestedFix {
	call := callAt(pass, pos)
	if call == nil || len(call.Args) != 2 || !isLiteral(call.Args[1], domain) || !isString(pass, call.Args[0]) {
		return nil
	}
	fun, text := source(pass, call.Fun), source(pass, call.Args[0])
	if fun == "" || text == "" {
		return nil
	}
	mended := "(" + text + " == " + strconv.Quote(whole) + " || " + fun + "(" + text + ", " + strconv.Quote("."+domain) + "))"
	return replace("Put a dot before the suffix, and let "+whole+" in by itself", call.Pos(), call.End(), mended)
}

// callAt returns the innermost call around pos.
func callAt(pass *analysis.Pass, pos token.Pos) *ast.CallExpr {
	for _, node := range enclosing(pass, pos) {
		if call, ok := node.(*ast.CallExpr); ok {
			return call
		}
	}
	return nil
}

func isLiteral(e ast.Expr, text string) bool {
	literal, ok := e.(*ast.BasicLit)
	return ok && find(literal, text) != nil
}

func isString(pass *analysis.Pass, e ast.Expr) bool {
	t := pass.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// Switch puts the statement at pos, which calls a function with one text that is
// not constant, into a switch over that text. Its one case is an origin that
// nobody has (RFC 6761, section 6.4), for those that are meant to be put there.
func Switch(pass *analysis.Pass, pos token.Pos, title string) *analysis.SuggestedFix {
	statement, call := statementAt(pass, pos)
	if call == nil {
		return nil
	}
	text := variableText(pass, call)
	if text == nil {
		return nil
	}
	head, body := "switch "+source(pass, text)+" {", source(pass, statement)
	if _, named := text.(*ast.Ident); !named {
		if mentions(statement, text, switched) {
			return nil
		}
		offset := int(text.Pos() - statement.Pos())
		body = body[:offset] + switched + body[offset+int(text.End()-text.Pos()):]
		head = "switch " + switched + " := " + source(pass, text) + "; " + switched + " {"
	}
	indent := "\n" + indentation(pass, statement)
	return replace(title, statement.Pos(), statement.End(),
		head+indent+`case "https://app.invalid": // the origins that are meant`+indent+"\t"+body+indent+"}")
}

// switched is the name that Switch gives a text that has none.
const switched = "origin"

// statementAt returns the innermost statement around pos, and the call that it
// consists of; nil if it is anything else.
func statementAt(pass *analysis.Pass, pos token.Pos) (*ast.ExprStmt, *ast.CallExpr) {
	for _, node := range enclosing(pass, pos) {
		if statement, ok := node.(ast.Stmt); ok {
			expression, _ := statement.(*ast.ExprStmt)
			if expression == nil {
				return nil, nil
			}
			call, _ := expression.X.(*ast.CallExpr)
			return expression, call
		}
	}
	return nil, nil
}

// variableText returns the only argument of a call that is a text and no
// constant.
func variableText(pass *analysis.Pass, call *ast.CallExpr) ast.Expr {
	var found ast.Expr
	for _, arg := range call.Args {
		if !isString(pass, arg) || pass.TypesInfo.Types[arg].Value != nil {
			continue
		}
		if found != nil {
			return nil
		}
		found = arg
	}
	return found
}

// mentions reports whether a node has an identifier of that name outside a part
// of it.
func mentions(node, part ast.Node, name string) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name && (id.Pos() < part.Pos() || part.End() <= id.Pos()) {
			found = true
		}
		return !found
	})
	return found
}

func isRegexp(pass *analysis.Pass, call *ast.CallExpr) bool {
	fn := typeutil.Callee(pass.TypesInfo, call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "regexp"
}

// quoteLike writes text in back quotes where the old literal was, else in double
// ones.
func quoteLike(old, text string) string {
	if strings.HasPrefix(old, "`") && strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

// HeaderAfter adds, behind the statement at pos that sets a header by
// header.Set(name, value) or header.Add, a statement that adds another.
func HeaderAfter(pass *analysis.Pass, pos token.Pos, name, value, title string) *analysis.SuggestedFix {
	for _, node := range enclosing(pass, pos) {
		statement, ok := node.(*ast.ExprStmt)
		if !ok {
			continue
		}
		call, ok := statement.X.(*ast.CallExpr)
		if !ok || len(call.Args) != 2 {
			return nil
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || selector.Sel.Name != "Set" && selector.Sel.Name != "Add" || !isHTTPHeader(pass, selector.X) {
			return nil
		}
		receiver := source(pass, selector.X)
		if receiver == "" {
			return nil
		}
		text := "\n" + indentation(pass, statement) + receiver + ".Add(" + strconv.Quote(name) + ", " + strconv.Quote(value) + ")"
		return replace(title, statement.End(), statement.End(), text)
	}
	return nil
}

func isHTTPHeader(pass *analysis.Pass, e ast.Expr) bool {
	t := pass.TypesInfo.TypeOf(e)
	return t != nil && t.String() == "net/http.Header"
}

// OnlyElement removes the field at pos of a composite literal, whose value is a
// list of nothing but the string literal that stands for element.
func OnlyElement(pass *analysis.Pass, pos token.Pos, element, title string) *analysis.SuggestedFix {
	for _, node := range enclosing(pass, pos) {
		field, ok := node.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		list, ok := field.Value.(*ast.CompositeLit)
		if !ok || len(list.Elts) != 1 || !isLiteral(list.Elts[0], element) {
			return nil
		}
		return Field(pass, field.Colon, title)
	}
	return nil
}

// Field removes the field of a composite literal whose colon is at pos.
func Field(pass *analysis.Pass, pos token.Pos, title string) *analysis.SuggestedFix {
	path := enclosing(pass, pos)
	for i, node := range path {
		field, ok := node.(*ast.KeyValueExpr)
		if !ok || field.Colon != pos || i+1 == len(path) {
			continue
		}
		literal, ok := path[i+1].(*ast.CompositeLit)
		if !ok || len(usedOnlyIn(pass, path[len(path)-1].(*ast.File), field)) > 0 {
			return nil
		}
		start, end := field.Pos(), field.End()
		for k, element := range literal.Elts {
			switch {
			case element != field:
			case k+1 < len(literal.Elts):
				end = literal.Elts[k+1].Pos()
			case k > 0:
				start = literal.Elts[k-1].End()
			default:
				start, end = literal.Lbrace+1, literal.Rbrace
			}
		}
		return replace(title, start, end, "")
	}
	return nil
}

// usedOnlyIn returns the names of packages that the file imports and uses in that
// node only, so that it would not compile without the node.
func usedOnlyIn(pass *analysis.Pass, file *ast.File, node ast.Node) map[string]bool {
	inside, outside := map[string]bool{}, map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		name, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if _, ok := pass.TypesInfo.Uses[name].(*types.PkgName); ok {
			if node.Pos() <= name.Pos() && name.Pos() < node.End() {
				inside[name.Name] = true
			} else {
				outside[name.Name] = true
			}
		}
		return true
	})
	for name := range outside {
		delete(inside, name)
	}
	return inside
}

// enclosing returns the nodes that hold pos, innermost first.
func enclosing(pass *analysis.Pass, pos token.Pos) []ast.Node {
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return syntax.Enclosing(file, pos)
		}
	}
	return nil
}

// find returns the string literal in node that stands for text.
func find(node ast.Node, text string) *ast.BasicLit {
	var found *ast.BasicLit
	ast.Inspect(node, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if value, err := strconv.Unquote(literal.Value); err == nil && value == text {
				found = literal
			}
		}
		return found == nil
	})
	return found
}

func replace(title string, start, end token.Pos, text string) *analysis.SuggestedFix {
	return &analysis.SuggestedFix{Message: title, TextEdits: []analysis.TextEdit{{Pos: start, End: end, NewText: []byte(text)}}}
}

// source returns the text of a node.
func source(pass *analysis.Pass, node ast.Node) string {
	start, end := pass.Fset.Position(node.Pos()), pass.Fset.Position(node.End())
	content, err := pass.ReadFile(start.Filename)
	if err != nil || end.Offset > len(content) || start.Offset > end.Offset {
		return ""
	}
	return string(content[start.Offset:end.Offset])
}

// indentation returns the blanks before a node on its line.
func indentation(pass *analysis.Pass, node ast.Node) string {
	at := pass.Fset.Position(node.Pos())
	content, err := pass.ReadFile(at.Filename)
	if err != nil || at.Offset > len(content) {
		return ""
	}
	line := string(content[at.Offset-(at.Column-1) : at.Offset])
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}
