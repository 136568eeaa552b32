package flow

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/rule"
)

// Relate adds a place to a report. A place in another package is told in words,
// since its positions mean nothing in this file set.
func (p *Package) Relate(report *rule.Report, site Site, text string) {
	if p.InPackage(site) {
		report.Related = append(report.Related, analysis.RelatedInformation{Pos: site.Pos, Message: text})
		return
	}
	if at, ok := p.Position(site); ok && at.Line > 0 {
		text = fmt.Sprintf("%s (%s:%d)", text, at.File, at.Line)
		report.Related = append(report.Related, analysis.RelatedInformation{Pos: report.Pos, Message: text})
	}
}
