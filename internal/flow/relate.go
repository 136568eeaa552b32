package flow

import (
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/rule"
)

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
