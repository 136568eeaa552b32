package mutant

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// suffix ends the names that mutants give. It is no word, so that what a name says
// stays what it was.
const suffix = "Q"

// Original returns the name that the mutants of Same know something under in the
// package that they are made of.
func Original(name string) string { return strings.TrimSuffix(name, suffix) }

// Same returns mutants that mean what the package means.
func (p *Package) Same() []Mutant {
	mutants := append(p.renamed(), p.extracted()...)
	mutants = append(mutants, p.conditions()...)
	mutants = append(mutants, p.enclosed()...)
	mutants = append(mutants, p.reordered()...)
	return append(mutants, p.withUnrelated())
}

// renamed gives local variables, parameters and the package's own functions
// another name, one a mutant.
func (p *Package) renamed() []Mutant {
	uses := map[types.Object][]*ast.Ident{}
	function := map[types.Object]string{}
	p.each(func(n ast.Node, name string) {
		id, ok := n.(*ast.Ident)
		if !ok {
			return
		}
		if defined := p.Info.Defs[id]; defined != nil {
			uses[defined] = append(uses[defined], id)
			function[defined] = name
		} else if used := p.Info.Uses[id]; used != nil {
			uses[used] = append(uses[used], id)
		}
	})
	var objects []types.Object
	for object := range function {
		if renamable(object) {
			objects = append(objects, object)
		}
	}
	slices.SortFunc(objects, func(a, b types.Object) int { return int(a.Pos()) - int(b.Pos()) })
	var mutants []Mutant
	for _, object := range objects {
		var edits []edit
		for _, id := range uses[object] {
			edits = append(edits, edit{id.End(), id.End(), suffix})
		}
		mutants = append(mutants, p.mutant("rename "+object.Name(), "", edits...))
	}
	return mutants
}

// renamable reports whether all uses of an object are known by it, which is not so
// for the variables of type switches.
func renamable(object types.Object) bool {
	if object.Name() == "_" || object.Name() == "main" || object.Name() == "init" || object.Exported() {
		return false
	}
	switch object := object.(type) {
	case *types.Var:
		return !object.IsField() && object.Parent() != nil
	case *types.Func:
		return object.Signature().Recv() == nil
	}
	return false
}

// extracted moves the body of each function into another, which it calls.
func (p *Package) extracted() []Mutant {
	var mutants []Mutant
	for _, file := range p.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil || fn.Type.TypeParams != nil || fn.Name.Name == "main" || fn.Name.Name == "init" {
				continue
			}
			arguments, ok := arguments(fn)
			if !ok {
				continue
			}
			call := fn.Name.Name + suffix + "(" + arguments + ")"
			receiver := ""
			if fn.Recv != nil {
				if len(fn.Recv.List[0].Names) == 0 {
					continue
				}
				receiver = p.source(fn.Recv)
				call = fn.Recv.List[0].Names[0].Name + "." + call
			}
			if fn.Type.Results != nil && len(fn.Type.Results.List) > 0 {
				call = "return " + call
			}
			helper := "\n\nfunc " + receiver + fn.Name.Name + suffix + strings.TrimPrefix(p.source(fn.Type), "func"+p.between(fn)) + " " + p.source(fn.Body)
			mutants = append(mutants, p.mutant("extract the body of "+fn.Name.Name, "",
				edit{fn.Body.Lbrace + 1, fn.Body.Rbrace, "\n\t" + call + "\n"}, edit{fn.End(), fn.End(), helper}))
		}
	}
	return mutants
}

// between returns what stands between the keyword of a function and its
// parameters: its type's source begins with the keyword.
func (p *Package) between(fn *ast.FuncDecl) string {
	text := p.source(fn.Type)
	at := int(fn.Type.Params.Opening - fn.Type.Pos())
	return text[len("func"):at]
}

// arguments returns the parameters of a function as it would pass them on.
func arguments(fn *ast.FuncDecl) (string, bool) {
	var names []string
	for _, field := range fn.Type.Params.List {
		if len(field.Names) == 0 {
			return "", false
		}
		for _, name := range field.Names {
			if name.Name == "_" {
				return "", false
			}
			text := name.Name
			if _, variadic := field.Type.(*ast.Ellipsis); variadic {
				text += "..."
			}
			names = append(names, text)
		}
	}
	return strings.Join(names, ", "), true
}

// conditions rewrites the condition of each if statement: in parentheses, under
// two negations, split at its "and", with the branches
// exchanged, or kept in a variable.
func (p *Package) conditions() []Mutant {
	var mutants []Mutant
	p.each(func(n ast.Node, function string) {
		s, ok := n.(*ast.IfStmt)
		if !ok {
			return
		}
		cond := p.source(s.Cond)
		replace := func(name, text string) {
			mutants = append(mutants, p.mutant(name+" of "+short(cond), function, edit{s.Cond.Pos(), s.Cond.End(), text}))
		}
		replace("double negation", "!(!("+cond+"))")
		if s.Init == nil && !p.inElse(s) {
			mutants = append(mutants, p.mutant("variable for "+short(cond), function,
				edit{s.Pos(), s.Pos(), "conditionQ := " + cond + "\n"}, edit{s.Cond.Pos(), s.Cond.End(), "conditionQ"}))
		}
		if and, ok := s.Cond.(*ast.BinaryExpr); ok && and.Op == token.LAND && s.Else == nil {
			mutants = append(mutants, p.mutant("split "+short(cond), function,
				edit{s.Cond.Pos(), s.Cond.End(), p.source(and.X)},
				edit{s.Body.Lbrace, s.Body.Lbrace + 1, "{ if " + p.source(and.Y) + " {"}, edit{s.Body.Rbrace, s.Body.Rbrace + 1, "} }"}))
		}
		if other, ok := s.Else.(*ast.BlockStmt); ok {
			mutants = append(mutants, p.mutant("exchange the branches of "+short(cond), function,
				edit{s.Cond.Pos(), s.Cond.End(), "!(" + cond + ")"},
				edit{s.Body.Pos(), s.Body.End(), p.source(other)}, edit{other.Pos(), other.End(), p.source(s.Body)}))
		}
	})
	return mutants
}

// inElse reports whether an if statement is the else branch of another, before
// which nothing can stand.
func (p *Package) inElse(s *ast.IfStmt) bool {
	found := false
	p.each(func(n ast.Node, _ string) {
		if other, ok := n.(*ast.IfStmt); ok && other.Else == ast.Stmt(s) {
			found = true
		}
	})
	return found
}

// enclosed puts plain statements into blocks.
func (p *Package) enclosed() []Mutant {
	var mutants []Mutant
	p.lists(func(list []ast.Stmt, function string) {
		for _, s := range list {
			if !isPlain(s) {
				continue
			}
			text := p.source(s)
			mutants = append(mutants, p.mutant("block around "+short(text), function, edit{s.Pos(), s.End(), "{\n" + text + "\n}"}))
		}
	})
	return mutants
}

// reordered turns the order of the functions of each file around.
func (p *Package) reordered() []Mutant {
	var mutants []Mutant
	for _, file := range p.Files {
		var functions []*ast.FuncDecl
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				functions = append(functions, fn)
			}
		}
		var edits []edit
		for i, fn := range functions {
			edits = append(edits, edit{fn.Pos(), fn.End(), p.source(functions[len(functions)-1-i])})
		}
		if len(edits) > 1 {
			mutants = append(mutants, p.mutant("turn the order around", "", edits...))
		}
	}
	return mutants
}

// withUnrelated adds a function that nothing calls.
func (p *Package) withUnrelated() Mutant {
	end := p.Files[0].FileEnd
	return p.mutant("add a function", "", edit{end, end, fmt.Sprintf(`
func unrelated%s(n int) (sum int) {
	done := make(chan int)
	go func() {
		for i := range n {
			done <- i
		}
		close(done)
	}()
	for i := range done {
		if i%%2 == 0 && i > 3 {
			sum += i
		}
	}
	return sum
}
`, suffix)})
}
