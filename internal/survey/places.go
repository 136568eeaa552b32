package survey

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/surface"
)

// places finds code in files, of this package and of those that it imports.
type places struct {
	fset   *token.FileSet
	code   *flow.Package
	byName map[string]*ssa.Function
}

func newPlaces(pass *analysis.Pass, code *flow.Package) *places {
	p := &places{fset: pass.Fset, code: code, byName: map[string]*ssa.Function{}}
	for _, fn := range pass.ResultOf[ssax.Analyzer].(*ssax.Package).Funcs {
		p.byName[ssax.FuncName(fn)] = fn
	}
	return p
}

// at is the place of a site.
func (p *places) at(site flow.Site) surface.Place {
	if p.code.InPackage(site) {
		return p.position(site.Pos)
	}
	at, _ := p.code.Position(site)
	return surface.Place{File: at.File, Line: at.Line, Column: at.Column, EndLine: at.Line}
}

func (p *places) position(pos token.Pos) surface.Place {
	if !pos.IsValid() {
		return surface.Place{}
	}
	at := p.fset.Position(pos)
	return surface.Place{File: at.Filename, Line: at.Line, Column: at.Column, EndLine: at.Line}
}

// function is the place of a function's code: all of its lines, as far as they
// are known.
func (p *places) function(name string) surface.Place {
	if fn := p.byName[name]; fn != nil && fn.Syntax() != nil {
		place := p.position(fn.Syntax().Pos())
		place.EndLine = p.fset.Position(fn.Syntax().End()).Line
		return place
	}
	var place surface.Place
	code := p.code.Func(name)
	if code == nil {
		return place
	}
	for b := range code.Blocks {
		for i := range code.Blocks[b].Instrs {
			at := p.at(flow.Site{Func: code, Pos: code.Blocks[b].Instrs[i].Pos})
			switch {
			case at.Line == 0:
			case place.Line == 0:
				place = at
			case at.Line < place.Line:
				place.Line, place.Column = at.Line, at.Column
			default:
				place.EndLine = max(place.EndLine, at.Line)
			}
		}
	}
	return place
}
