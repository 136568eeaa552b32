package flow

import (
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/rule"
)

// Stand gives a report its place. In another package that is where a driver shows
// it that sees the whole program; others show it at instead.
func (p *Package) Stand(report *rule.Report, site Site, instead token.Pos) {
	if p.InPackage(site) {
		report.Pos = site.Pos
		return
	}
	report.Pos = instead
	if at, ok := p.Position(site); ok && at.Line > 0 {
		report.Stands = &rule.Place{Package: site.Func.Program().Path, Function: site.Func.Name,
			At: token.Position{Filename: at.File, Line: at.Line, Column: at.Column}}
	}
}

// Relate adds a place to a report.
func (p *Package) Relate(report *rule.Report, site Site, text string) {
	if p.InPackage(site) {
		report.Related = append(report.Related, analysis.RelatedInformation{Pos: site.Pos, Message: text})
		return
	}
	if at, ok := p.Position(site); ok && at.Line > 0 {
		report.RelateElsewhere(token.Position{Filename: at.File, Line: at.Line, Column: at.Column}, text)
	}
}
