package mutant

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// Opens returns mutants in which a guard of a function lets everything through:
// its condition is what lets it, its refusal does not end the function, its
// comparison looks at an end of the text only, its pattern has lost an anchor.
func (p *Package) Opens(function string) []Mutant {
	var mutants []Mutant
	add := func(name string, edits ...edit) { mutants = append(mutants, p.mutant(name, function, edits...)) }
	p.each(func(n ast.Node, in string) {
		if in != function {
			return
		}
		switch n := n.(type) {
		case *ast.IfStmt:
			p.openIf(n, add)
		case *ast.ReturnStmt:
			if len(n.Results) == 1 && p.isBool(n.Results[0]) && p.source(n.Results[0]) != "true" {
				add("return true", edit{n.Results[0].Pos(), n.Results[0].End(), "true || " + p.grouped(n.Results[0])})
			}
		case *ast.BinaryExpr:
			p.openComparison(n, add)
		case *ast.CallExpr:
			p.openCall(n, add)
		}
	})
	return mutants
}

// openIf makes the condition of an if statement one that lets everything through.
// What ends in a return refuses where it is true, and anything else lets in.
// Whether something failed is no guard.
func (p *Package) openIf(s *ast.IfStmt, add func(string, ...edit)) {
	cond := p.grouped(s.Cond)
	if cond == "(err != nil)" || cond == "(err == nil)" {
		return
	}
	if !refuses(s.Body) {
		add("true instead of "+short(cond), edit{s.Cond.Pos(), s.Cond.End(), "true || " + cond})
		return
	}
	add("false instead of "+short(cond), edit{s.Cond.Pos(), s.Cond.End(), "false && " + cond})
	last := s.Body.List[len(s.Body.List)-1]
	if r, ok := last.(*ast.ReturnStmt); ok && len(r.Results) == 0 && len(s.Body.List) > 1 {
		add("no return behind "+short(cond), edit{r.Pos(), r.End(), ""})
	}
}

// refuses reports whether a block ends the function.
func refuses(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	r, ok := b.List[len(b.List)-1].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	for _, result := range r.Results {
		if id, ok := result.(*ast.Ident); ok && id.Name == "true" {
			return false
		}
	}
	return true
}

// openComparison has a comparison of a text with a constant look at its beginning
// or end only. Where the package does not import strings it does not compile.
func (p *Package) openComparison(e *ast.BinaryExpr, add func(string, ...edit)) {
	if e.Op != token.EQL && e.Op != token.NEQ {
		return
	}
	value := p.Info.Types[e.Y].Value
	if value == nil || !strings.Contains(value.ExactString(), "example.com") {
		return
	}
	not := ""
	if e.Op == token.NEQ {
		not = "!"
	}
	for _, fn := range []string{"HasPrefix", "Contains"} {
		add(fn+" instead of "+e.Op.String(), edit{e.Pos(), e.End(), not + "strings." + fn + "(" + p.source(e.X) + ", " + p.source(e.Y) + ")"})
	}
}

// openCall loosens the constants that a call compares with.
func (p *Package) openCall(call *ast.CallExpr, add func(string, ...edit)) {
	for _, argument := range call.Args {
		literal, ok := argument.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			continue
		}
		text, err := strconv.Unquote(literal.Value)
		if err != nil {
			continue
		}
		replace := func(name, text string) {
			add(name+" of "+text, edit{literal.Pos(), literal.End(), strconv.Quote(text)})
		}
		called := p.source(call.Fun)
		switch {
		case strings.HasSuffix(called, "HasSuffix") && strings.HasPrefix(text, "."):
			replace("no dot in front", text[1:])
		case strings.HasPrefix(called, "regexp.") && strings.Contains(text, `\.`):
			replace("dots that are not escaped", strings.ReplaceAll(text, `\.`, "."))
			if strings.HasSuffix(text, "$") {
				replace("no anchor at the end", strings.TrimSuffix(text, "$"))
			}
		}
	}
}

func (p *Package) isBool(e ast.Expr) bool {
	t := p.Info.TypeOf(e)
	return t != nil && t.Underlying().String() == "bool"
}

func (p *Package) grouped(e ast.Expr) string { return "(" + p.source(e) + ")" }

// Closes returns mutants in which a guard before everything else lets nothing of
// others through: one for each function, or function literal, that is given a
// request of net/http, in that function. The guard is a condition under which it
// refuses, of the request r.
func (p *Package) Closes(function, guard string) []Mutant {
	var mutants []Mutant
	p.each(func(n ast.Node, in string) {
		if in != function {
			return
		}
		var signature *ast.FuncType
		var body *ast.BlockStmt
		switch n := n.(type) {
		case *ast.FuncDecl:
			signature, body = n.Type, n.Body
		case *ast.FuncLit:
			signature, body = n.Type, n.Body
		default:
			return
		}
		if body == nil {
			return
		}
		refusal := "return"
		if signature.Results != nil {
			if len(signature.Results.List) != 1 || !p.isBool(signature.Results.List[0].Type) {
				return
			}
			refusal = "return false"
		}
		for _, field := range signature.Params.List {
			if p.source(field.Type) == "*http.Request" && len(field.Names) == 1 && field.Names[0].Name != "_" {
				request := field.Names[0].Name
				mutants = append(mutants, p.mutant("guard first", function,
					edit{body.Lbrace + 1, body.Lbrace + 1, "\nif " + strings.ReplaceAll(guard, "r.", request+".") + " { " + refusal + " }\n"}))
			}
		}
	})
	return mutants
}

// Ends returns mutants in which an if statement of a function that returns nothing
// ends it.
func (p *Package) Ends(function string) []Mutant {
	var mutants []Mutant
	p.each(func(n ast.Node, in string) {
		s, ok := n.(*ast.IfStmt)
		if ok && in == function && !refuses(s.Body) {
			mutants = append(mutants, p.mutant("return behind "+short(p.source(s.Cond)), function, edit{s.Body.Rbrace, s.Body.Rbrace, "\nreturn\n"}))
		}
	})
	return mutants
}

// Functions returns the names of what the package declares at its top, in the
// order of the source.
func (p *Package) Functions() []string {
	var names []string
	p.each(func(n ast.Node, function string) {
		if len(names) == 0 || names[len(names)-1] != function {
			names = append(names, function)
		}
	})
	return names
}
