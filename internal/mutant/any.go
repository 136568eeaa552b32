package mutant

import (
	"go/ast"
	"math/rand/v2"
)

// Any returns a mutant with some changes at random places, which means anything,
// and may not compile.
func (p *Package) Any(random *rand.Rand) Mutant {
	type place struct {
		list     []ast.Stmt
		at       int
		function string
	}
	var places []place
	p.lists(func(list []ast.Stmt, function string) {
		for i := range list {
			places = append(places, place{list, i, function})
		}
	})
	if len(places) == 0 {
		return p.withUnrelated()
	}
	var edits []edit
	name, function := "", ""
	for range 1 + random.IntN(3) {
		at := places[random.IntN(len(places))]
		what := changes[random.IntN(len(changes))]
		made := what.make(p, random, at.list, at.at, places[random.IntN(len(places))].list)
		if !apart(edits, made) {
			continue
		}
		edits = append(edits, made...)
		name, function = name+what.name+" ", at.function
	}
	end := p.Files[0].FileEnd
	edits = append(edits, edit{end, end, "\nfunc anyQ[T any](f func()) { f() }\n"})
	return p.mutant(name+"in "+function, function, edits...)
}

// apart reports whether none of the new edits overlaps one of the others.
func apart(edits, made []edit) bool {
	for _, a := range edits {
		for _, b := range made {
			if a.from < b.to && b.from < a.to || a.from == b.from {
				return false
			}
		}
	}
	return true
}

// A change makes edits at one statement of a list; other is another list of the
// package.
type change struct {
	name string
	make func(p *Package, random *rand.Rand, list []ast.Stmt, at int, other []ast.Stmt) []edit
}

var changes = []change{
	{"drop", func(_ *Package, _ *rand.Rand, list []ast.Stmt, at int, _ []ast.Stmt) []edit {
		return []edit{{list[at].Pos(), list[at].End(), ""}}
	}},
	{"double", func(p *Package, _ *rand.Rand, list []ast.Stmt, at int, _ []ast.Stmt) []edit {
		return []edit{{list[at].End(), list[at].End(), "\n" + p.source(list[at])}}
	}},
	{"swap", func(p *Package, _ *rand.Rand, list []ast.Stmt, at int, _ []ast.Stmt) []edit {
		if at+1 == len(list) {
			return nil
		}
		return []edit{{list[at].Pos(), list[at].End(), p.source(list[at+1])}, {list[at+1].Pos(), list[at+1].End(), p.source(list[at])}}
	}},
	{"bring in", func(p *Package, random *rand.Rand, list []ast.Stmt, at int, other []ast.Stmt) []edit {
		return []edit{{list[at].Pos(), list[at].Pos(), p.source(other[random.IntN(len(other))]) + "\n"}}
	}},
	{"closure", wrap("func() {", "}()")},
	{"goroutine", wrap("go func() {", "}()")},
	{"defer", wrap("defer func() {", "}()")},
	{"recover", wrap("func() { defer func() { _ = recover() }();", "}()")},
	{"generic", wrap("anyQ[int](func() {", "})")},
	{"loop", wrap("for {", "}")},
	{"range", wrap("for range 3 {", "}")},
	{"iterate", wrap("for i := range func(yield func(int) bool) { _ = yield(1) && yield(2) } { _ = i;", "}")},
	{"select", wrap("select { default:", "}")},
	{"branch", wrap("if len(\"x\") == 1 {", "}")},
	{"switch", wrap("switch any(nil).(type) { case int, string: default:", "}")},
	{"label", wrap("againQ: for { ", "; continue againQ }")},
	{"go back", wrap("backQ: ", "; goto backQ")},
	{"negate", func(_ *Package, _ *rand.Rand, list []ast.Stmt, at int, _ []ast.Stmt) []edit {
		if s, ok := list[at].(*ast.IfStmt); ok {
			return []edit{{s.Cond.Pos(), s.Cond.Pos(), "!("}, {s.Cond.End(), s.Cond.End(), ")"}}
		}
		return nil
	}},
}

// wrap puts text around a statement.
func wrap(before, after string) func(*Package, *rand.Rand, []ast.Stmt, int, []ast.Stmt) []edit {
	return func(p *Package, _ *rand.Rand, list []ast.Stmt, at int, _ []ast.Stmt) []edit {
		return []edit{{list[at].Pos(), list[at].End(), before + "\n" + p.source(list[at]) + "\n" + after}}
	}
}
