package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// fill puts names into text that the file at pos has for packages: for {package}
// that of the package path, and for an import path in braces that of it. It
// reports false where the file does not import one of them.
func fill(pass *analysis.Pass, pos token.Pos, path, text string) (string, bool) {
	text = strings.ReplaceAll(text, "{package}", "{"+path+"}")
	nodes := enclosing(pass, pos)
	if len(nodes) == 0 {
		return "", false
	}
	for _, spec := range nodes[len(nodes)-1].(*ast.File).Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if name := pass.TypesInfo.PkgNameOf(spec); err == nil && name != nil && name.Name() != "." && name.Name() != "_" {
			text = strings.ReplaceAll(text, "{"+imported+"}", name.Name())
		}
	}
	return text, !importPath.MatchString(text)
}

var importPath = regexp.MustCompile(`\{[^{}\s"]*/[^{}\s"]*\}`)

// Nil sets an option to nil that the assignment at pos gives a value.
func Nil(pass *analysis.Pass, pos token.Pos, title string) *analysis.SuggestedFix {
	value := valueAt(pass, pos)
	nodes := enclosing(pass, pos)
	if value == nil || len(usedOnlyIn(pass, nodes[len(nodes)-1].(*ast.File), value)) > 0 {
		return nil
	}
	return replace(title, value.Pos(), value.End(), "nil")
}

// Predicate puts text, filled in for the package path, in the place of a function
// that does nothing but agree, and that the field or assignment at pos gives an
// option.
func Predicate(pass *analysis.Pass, pos token.Pos, path, text, title string) *analysis.SuggestedFix {
	text, ok := fill(pass, pos, path, text)
	function, isFunc := valueAt(pass, pos).(*ast.FuncLit)
	if !ok || !isFunc || len(function.Body.List) != 1 {
		return nil
	}
	result, ok := function.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(result.Results) != 1 {
		return nil
	}
	if _, named := result.Results[0].(*ast.Ident); !named {
		return nil
	}
	return replace(title, function.Pos(), function.End(), indented(pass, function, text))
}

// valueAt returns the value that is given at pos: to the field of a composite
// literal whose colon is there, or by an assignment to what is there.
func valueAt(pass *analysis.Pass, pos token.Pos) ast.Expr {
	for _, node := range enclosing(pass, pos) {
		switch node := node.(type) {
		case *ast.KeyValueExpr:
			if node.Colon == pos {
				return node.Value
			}
		case *ast.AssignStmt:
			if len(node.Lhs) == 1 && len(node.Rhs) == 1 && node.Tok == token.ASSIGN && node.Lhs[0].Pos() <= pos && pos < node.Lhs[0].End() {
				return node.Rhs[0]
			}
			return nil
		}
	}
	return nil
}

// indented gives the lines of text behind the first the indentation of a node.
func indented(pass *analysis.Pass, node ast.Node, text string) string {
	return strings.ReplaceAll(text, "\n", "\n"+indentation(pass, node))
}

// Option gives an option of the package path a value, text, in the options that
// are built, or are handed to a call, at pos. The option is the field of a
// struct, or a function that makes a functional option of the value.
func Option(pass *analysis.Pass, pos token.Pos, path, option, text, title string) *analysis.SuggestedFix {
	text, ok := fill(pass, pos, path, text)
	if !ok {
		return nil
	}
	for _, node := range enclosing(pass, pos) {
		switch node := node.(type) {
		case *ast.CompositeLit:
			if node.Lbrace != pos {
				continue
			}
			if literal := literalWith(pass, node, path, option); literal != nil {
				return addElement(pass, literal, option+": "+text, title)
			}
		case *ast.CallExpr:
			if node.Lparen != pos {
				continue
			}
			if literal := literalWith(pass, node, path, option); literal != nil {
				return addElement(pass, literal, option+": "+text, title)
			}
			return addArgument(pass, node, path, option, text, title)
		case *ast.AssignStmt:
			if literal := declared(node, pos); literal != nil && hasOption(pass.TypesInfo.TypeOf(literal), path, option) && !sets(literal, option) {
				return addElement(pass, literal, option+": "+text, title)
			}
		}
	}
	return nil
}

// declared returns the composite literal that the variable begins with which a
// statement declares at pos.
func declared(statement *ast.AssignStmt, pos token.Pos) *ast.CompositeLit {
	if statement.Tok != token.DEFINE || len(statement.Lhs) != 1 || statement.Lhs[0].Pos() != pos {
		return nil
	}
	literal, _ := ast.Unparen(statement.Rhs[0]).(*ast.CompositeLit)
	return literal
}

// literalWith returns the composite literal in node, that is none of a function
// in it, of a struct of that package that has such a field and leaves it unset.
func literalWith(pass *analysis.Pass, node ast.Node, path, field string) *ast.CompositeLit {
	var found *ast.CompositeLit
	ast.Inspect(node, func(n ast.Node) bool {
		if literal, ok := n.(*ast.CompositeLit); ok && found == nil && hasOption(pass.TypesInfo.TypeOf(literal), path, field) && !sets(literal, field) {
			found = literal
		}
		_, inner := n.(*ast.FuncLit)
		return found == nil && !inner
	})
	return found
}

// hasOption reports whether t is a struct type of that package with that field.
func hasOption(t types.Type, path, field string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != path {
		return false
	}
	structure, ok := named.Underlying().(*types.Struct)
	for i := 0; ok && i < structure.NumFields(); i++ {
		if structure.Field(i).Name() == field {
			return true
		}
	}
	return false
}

// sets reports whether a literal gives the field a value, or is not keyed and
// gives one to all.
func sets(literal *ast.CompositeLit, field string) bool {
	for _, element := range literal.Elts {
		pair, keyed := element.(*ast.KeyValueExpr)
		if !keyed {
			return true
		}
		if key, ok := pair.Key.(*ast.Ident); ok && key.Name == field {
			return true
		}
	}
	return false
}

// addElement adds an element behind the last of a keyed literal.
func addElement(pass *analysis.Pass, literal *ast.CompositeLit, text, title string) *analysis.SuggestedFix {
	if len(literal.Elts) == 0 {
		return replace(title, literal.Lbrace+1, literal.Rbrace, indented(pass, literal, text))
	}
	last := literal.Elts[len(literal.Elts)-1]
	separator := ", "
	if pass.Fset.Position(last.Pos()).Line != pass.Fset.Position(literal.Rbrace).Line {
		separator = ",\n" + indentation(pass, last)
	}
	return replace(title, last.End(), last.End(), separator+indented(pass, last, text))
}

// addArgument hands a call the option: in place of nil options, behind the other
// functional options, or as variadic options of which none is given.
func addArgument(pass *analysis.Pass, call *ast.CallExpr, path, option, text, title string) *analysis.SuggestedFix {
	signature, ok := pass.TypesInfo.TypeOf(call.Fun).(*types.Signature)
	if !ok || call.Ellipsis.IsValid() || len(call.Args) == 0 {
		return nil
	}
	last := signature.Params().Len() - 1
	for i, argument := range call.Args {
		if i > last || i == last && signature.Variadic() {
			break
		}
		pointer, ok := signature.Params().At(i).Type().(*types.Pointer)
		if ok && pass.TypesInfo.Types[argument].IsNil() && hasOption(pointer.Elem(), path, option) {
			return replace(title, argument.Pos(), argument.End(), indented(pass, call, "&"+optionsLiteral(pass, call, pointer.Elem(), option, text)))
		}
	}
	if !signature.Variadic() {
		return nil
	}
	end := call.Args[len(call.Args)-1].End()
	element := signature.Params().At(last).Type().(*types.Slice).Elem()
	if hasOption(element, path, option) && len(call.Args) == last {
		return replace(title, end, end, ", "+indented(pass, call, optionsLiteral(pass, call, element, option, text)))
	}
	if fn := typeutil.Callee(pass.TypesInfo, call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == path {
		if _, ok := fn.Pkg().Scope().Lookup(option).(*types.Func); ok {
			maker, _ := fill(pass, call.Pos(), path, "{package}."+option)
			return replace(title, end, end, ", "+indented(pass, call, maker+"("+text+")"))
		}
	}
	return nil
}

// optionsLiteral is a literal of options with nothing but that one.
func optionsLiteral(pass *analysis.Pass, call *ast.CallExpr, t types.Type, option, text string) string {
	named := types.Unalias(t).(*types.Named).Obj()
	name, _ := fill(pass, call.Pos(), named.Pkg().Path(), "{package}."+named.Name())
	return name + "{" + option + ": " + text + "}"
}

// Guard puts text, a statement that leaves the function, before the statement
// with the call whose parenthesis is at pos, among whose arguments are a request
// and where its answer is written to. In text, {request} and {writer} stand for
// them. It returns nil in a function with results, and where the call is not in a
// statement of a block.
func Guard(pass *analysis.Pass, pos token.Pos, text, title string) *analysis.SuggestedFix {
	text, ok := fill(pass, pos, "net/http", text)
	call := callAt(pass, pos)
	before := statementAround(pass, pos)
	if !ok || call == nil || call.Lparen != pos || before == nil {
		return nil
	}
	request, writer := exchange(pass, call.Args)
	if request == nil || writer == nil {
		return nil
	}
	text = strings.ReplaceAll(text, "{request}", source(pass, request))
	text = strings.ReplaceAll(text, "{writer}", source(pass, writer))
	return replace(title, before.Pos(), before.Pos(), indented(pass, before, text+"\n"))
}

// exchange returns those arguments, names or fields of them, that are a request
// of net/http and where its answer is written to.
func exchange(pass *analysis.Pass, arguments []ast.Expr) (request, writer ast.Expr) {
	var answers *types.Interface
	for _, argument := range arguments {
		pointer, ok := pass.TypesInfo.TypeOf(argument).(*types.Pointer)
		if ok && isPlain(argument) && pointer.String() == "*net/http.Request" {
			request = argument
			pkg := pointer.Elem().(*types.Named).Obj().Pkg()
			answers = pkg.Scope().Lookup("ResponseWriter").Type().Underlying().(*types.Interface)
		}
	}
	for _, argument := range arguments {
		if answers != nil && isPlain(argument) && types.Implements(pass.TypesInfo.TypeOf(argument), answers) {
			writer = argument
		}
	}
	return request, writer
}

// isPlain reports whether an expression is a name or a field of one.
func isPlain(e ast.Expr) bool {
	if selector, ok := e.(*ast.SelectorExpr); ok {
		return isPlain(selector.X)
	}
	_, ok := e.(*ast.Ident)
	return ok
}

// statementAround returns the statement with pos that is one of a block, in a
// function without results.
func statementAround(pass *analysis.Pass, pos token.Pos) ast.Stmt {
	var statement ast.Stmt
	var inner ast.Node
	for _, node := range enclosing(pass, pos) {
		switch node := node.(type) {
		case *ast.BlockStmt, *ast.CaseClause:
			if before, ok := inner.(ast.Stmt); ok && statement == nil {
				statement = before
			}
		case *ast.FuncLit:
			return withoutResults(statement, node.Type)
		case *ast.FuncDecl:
			return withoutResults(statement, node.Type)
		}
		inner = node
	}
	return nil
}

func withoutResults(statement ast.Stmt, function *ast.FuncType) ast.Stmt {
	if function.Results != nil {
		return nil
	}
	return statement
}

// Instead puts text in the place of what the call at pos names of a package:
// itself, where it calls the function of that name ({0} and so on stand for its
// arguments), or one of its arguments.
func Instead(pass *analysis.Pass, pos token.Pos, path, name, text, title string) *analysis.SuggestedFix {
	call := callAt(pass, pos)
	text, ok := fill(pass, pos, path, text)
	if call == nil || !ok {
		return nil
	}
	if isName(pass, call.Fun, path, name) {
		for i, argument := range call.Args {
			text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", source(pass, argument))
		}
		return replace(title, call.Pos(), call.End(), text)
	}
	for _, argument := range call.Args {
		if isName(pass, argument, path, name) {
			return replace(title, argument.Pos(), argument.End(), text)
		}
	}
	return nil
}

// isName reports whether an expression names something of another package.
func isName(pass *analysis.Pass, e ast.Expr, path, name string) bool {
	selector, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	obj := pass.TypesInfo.Uses[selector.Sel]
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == path && obj.Name() == name && obj.Parent() == obj.Pkg().Scope()
}
