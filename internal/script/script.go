// Package script finds answers that are scripts: a call of a function that the
// request names, with data in it (JSONP), and assignments of data to variables.
//
// A text that is written is taken apart into constants and values. Where a value
// that is traced back to a JSONP parameter of the query is followed by an opening
// parenthesis, in the same text or in the next one that is written to the same
// place, the answer is a call of what the page that includes it has chosen.
package script

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// Analyzer finds the answers of a package that are scripts.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintscript",
	Doc:        "soplintscript: find answers that are scripts for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// A Result is what is known of a package.
type Result struct {
	Answers []*Answer
}

// An Answer is a script that a handler answers with.
type Answer struct {
	Pos      token.Pos // where it is written
	Read     token.Pos // where the request's name of the function is read; NoPos where a library does it
	By       string    // the function of a library that makes it, "" for one that is written by hand
	Variable bool      // it sets a variable, and is no call
	Handlers []string  // the functions that the request passes, as ssax.FuncName gives them
	Reads    Reading   // what the handlers read of who the user is
	Package  Reading   // what other functions of the package read of that; its Pos is NoPos if none does
	Checked  bool      // a function says whether the name is one
	Refuses  bool      // a handler looks at something that no script element sends
}

// A Reading is a place where code asks who the user is.
type Reading struct {
	Pos token.Pos
	By  string // the call as reports name it
}

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	s := &search{table: model.Builtin(), source: source, files: pass.Files, result: &Result{}, seen: map[token.Pos]*Answer{}}
	if source.SSA == nil || !s.concerns(pass.Pkg) {
		return s.result, nil
	}
	for _, fn := range source.Funcs {
		s.function(fn)
	}
	return s.result, nil
}

type search struct {
	table   *model.Table
	source  *ssax.Package
	files   []*ast.File
	result  *Result
	seen    map[token.Pos]*Answer
	fields  map[*types.Var][]ssa.Value
	ambient *Reading // of the package
}

// concerns reports whether the package imports one that answers are written with.
func (s *search) concerns(pkg *types.Package) bool {
	return slices.ContainsFunc(pkg.Imports(), func(imported *types.Package) bool {
		return s.table.Find("web", imported.Path()) != nil || s.table.HasPrefix("(*"+imported.Path()+".") ||
			s.table.HasPrefix("("+imported.Path()+".")
	})
}

// function looks at what one function answers.
func (s *search) function(fn *ssa.Function) {
	var writes []*write
	typed := false
	trace := s.source.Tracer()
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			for _, row := range trace.Rows(&call.Call) {
				switch row.Role {
				case "jsonp.answer":
					s.library(call, row)
				case "answer.write":
					writes = append(writes, &write{call: call, to: written(&call.Call, row), row: row})
				case "header.set":
					typed = typed || isScriptType(&call.Call, row)
				}
			}
		}
	}
	for i, w := range writes {
		s.judge(w, following(writes[i+1:], w), typed)
	}
}

// isScriptType reports whether a call sets the Content-Type of a script.
func isScriptType(call *ssa.CallCommon, row *model.Row) bool {
	key, _ := ssax.Text(ssax.Argument(call, row.Arg("key")))
	value, _ := ssax.Text(ssax.Argument(call, row.Arg("value")))
	return strings.EqualFold(key, "Content-Type") && strings.Contains(strings.ToLower(value), "javascript")
}

// library keeps an answer that a library makes.
func (s *search) library(call *ssa.Call, row *model.Row) {
	if position := row.Arg("options"); position != "" {
		if given, ok := ssax.Argument(&call.Call, position).(*ssa.Const); ok && given.IsNil() {
			return // no name, no call
		}
	}
	s.keep(&Answer{Pos: call.Pos(), By: row.Symbol[strings.LastIndexByte(row.Symbol, '.')+1:]}, call.Parent())
}

// judge keeps an answer that is written by hand.
func (s *search) judge(w, next *write, typed bool) {
	for _, text := range s.texts(w) {
		parts := text
		if next != nil {
			parts = append(slices.Clone(parts), s.one(next)...)
		}
		if read := s.padded(parts, typed); read != nil {
			a := &Answer{Pos: w.call.Pos(), Read: read.Pos()}
			if s.isGenerated(a.Pos) {
				a.Pos = a.Read // nothing is mended there
			}
			if name, ok := read.(ssa.Value); ok {
				a.Checked = isAsked(name, false)
			}
			s.keep(a, w.call.Parent(), read.Parent())
			return
		}
		if typed && assigns(parts) {
			s.keep(&Answer{Pos: w.call.Pos(), Variable: true}, w.call.Parent())
			return
		}
	}
}

// isGenerated reports whether a place is in a file that a tool has written.
func (s *search) isGenerated(pos token.Pos) bool {
	return slices.ContainsFunc(s.files, func(f *ast.File) bool {
		return f.FileStart <= pos && pos < f.FileEnd && ast.IsGenerated(f)
	})
}

// keep adds an answer with what its handlers ask of the request.
func (s *search) keep(a *Answer, handlers ...*ssa.Function) {
	if s.seen[a.Pos] != nil {
		return
	}
	s.seen[a.Pos] = a
	for _, fn := range handlers {
		a.Handlers = append(a.Handlers, ssax.FuncName(fn))
		if !a.Reads.Pos.IsValid() {
			a.Reads = s.reading(fn, maxCalls)
		}
		a.Refuses = a.Refuses || s.refuses(fn)
	}
	a.Package = s.ofPackage()
	s.result.Answers = append(s.result.Answers, a)
}
