package rule

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/comment"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/settings"
)

// diagnose passes on the reports that somebody wants to see as diagnostics, to
// drivers that know only those. Such drivers know no generated files,
// suppression comments, or configuration, so all of that is applied here; the
// soplint command applies it to the results of passes, which have everything.
func diagnose(pass *analysis.Pass, reports []Report) {
	d := &diagnoser{pass: pass, settings: pass.ResultOf[settings.Analyzer].(*settings.Settings), hidden: make(map[string]bool), places: make(map[place]comment.About)}
	for _, file := range pass.Files {
		d.add(file)
	}
	findings := make([]finding.Finding, len(reports))
	for i := range reports {
		at := pass.Fset.Position(reports[i].Pos)
		findings[i] = finding.Finding{Check: pass.Analyzer.Name, Rule: reports[i].Rule, Severity: reports[i].Severity,
			File: at.Filename, Line: at.Line}
	}
	about := ignore.Apply(findings, d.comments, ignore.Run{
		Lookup: func(string) error { return nil },
		Ran:    func(_, name string) bool { return d.isOwn(name) },
	})
	for i := range findings {
		if d.wants(&findings[i]) {
			pass.Report(diagnostic(pass, &reports[i]))
		}
	}
	for i := range about {
		d.reportDirective(&about[i])
	}
}

// A diagnoser decides which reports of a pass become diagnostics.
type diagnoser struct {
	pass     *analysis.Pass
	settings *settings.Settings
	hidden   map[string]bool // files in which nothing is reported
	comments []ignore.Comment
	places   map[place]comment.About // of comments
}

type place struct {
	file         string
	line, column int
}

// add notes which findings in the file are wanted, and its comments.
func (d *diagnoser) add(file *ast.File) {
	name := d.pass.Fset.Position(file.Package).Filename
	if ast.IsGenerated(file) || d.settings.Config.Excluded(name) || !d.settings.Tests && strings.HasSuffix(name, "_test.go") {
		d.hidden[name] = true
		return
	}
	if !hasWanted(file) {
		return
	}
	source, err := d.pass.ReadFile(d.pass.Fset.PositionFor(file.Package, false).Filename)
	if err != nil {
		return // a driver that hides files has no comments to offer, either
	}
	for _, about := range comment.Find(d.pass.Fset, file, source, ignore.Wanted) {
		at := d.pass.Fset.Position(about.Pos())
		d.comments = append(d.comments, ignore.Comment{File: name, Line: at.Line, Column: at.Column, Text: about.Text, Target: about.Line})
		d.places[place{name, at.Line, at.Column}] = about
	}
}

// hasWanted reports whether a comment of the file suppresses reports. Few files
// have one, and the others need not be read again.
func hasWanted(file *ast.File) bool {
	for _, group := range file.Comments {
		if slices.ContainsFunc(group.List, func(c *ast.Comment) bool { return ignore.Wanted(c.Text) }) {
			return true
		}
	}
	return false
}

func (d *diagnoser) wants(f *finding.Finding) bool {
	severity := d.settings.Config.Severity(f.ID(), f.Severity)
	return !f.Suppressed && !d.hidden[f.File] && d.settings.Wanted(f.ID()) && (severity > finding.Note || d.settings.Notes)
}

// isOwn reports whether name is that of this check, or of a rule of it, all of
// which are wanted: otherwise a comment may well be about one that is not.
func (d *diagnoser) isOwn(name string) bool {
	check, _, _ := strings.Cut(name, "/")
	return check == d.pass.Analyzer.Name && d.settings.Wanted(name)
}

// reportDirective reports what is wrong with a comment. Of the checks that it
// names, the first one does that.
func (d *diagnoser) reportDirective(about *finding.Finding) {
	directive := d.places[place{about.File, about.Line, about.Column}]
	names := ignore.Names(directive.Text)
	isUnused := about.Severity == finding.Note
	if isUnused && !d.settings.Notes || !isUnused && (len(names) == 0 || !d.isOwn(names[0])) {
		return
	}
	d.pass.Report(analysis.Diagnostic{Pos: directive.Pos(), End: directive.End(), Category: ignore.Rule,
		Message: about.Message, URL: settings.Analyzer.URL})
}

func diagnostic(pass *analysis.Pass, r *Report) analysis.Diagnostic {
	d := analysis.Diagnostic{
		Pos:      r.Pos,
		End:      r.End,
		Category: r.Rule,
		Message:  r.Message,
		URL:      pass.Analyzer.URL + "#" + r.Rule,
		Related:  slices.Clone(r.Related),
	}
	for i, at := range r.Elsewhere {
		d.Related[i].Message += fmt.Sprintf(" (%s:%d)", at.Filename, at.Line)
	}
	if r.Fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*r.Fix}
	}
	return d
}
