package driver

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
)

// keepFindings turns the reports of a pass into findings.
func (r *run) keepFindings(c *checked, analyzer *analysis.Analyzer, found *rule.Result) {
	var kept []finding.Finding
	for name, content := range found.Served {
		c.contents[name], c.served[name] = content, true
	}
	r.keepDirectives(c, found.Directives)
	c.depends = append(c.depends, found.Depends...)
	for i := range found.Reports {
		report := &found.Reports[i]
		if !report.Pos.IsValid() {
			c.problems = append(c.problems, finding.Problem{Package: c.node.path(),
				Message: fmt.Sprintf("pass %s reports %q without a position", analyzer.Name, report.Message)})
			continue
		}
		if r.ownFile(c, report.Pos) {
			kept = append(kept, r.locate(c, analyzer, report))
		}
	}
	c.found.Findings = append(c.found.Findings, kept...)
	c.found.Visits = append(c.found.Visits, visitsOf(analyzer, found)...)
	c.found.Open = append(c.found.Open, r.openPlaces(c, found.Open)...)
}

// openPlaces locates the places in hand-written files that a pass left open.
func (r *run) openPlaces(c *checked, open []rule.Open) []finding.Problem {
	var places []finding.Problem
	for _, o := range open {
		if o.Pos.IsValid() && r.ownFile(c, o.Pos) {
			at := r.position(o.Pos)
			places = append(places, finding.Problem{Package: c.node.path(), File: at.file, Line: at.line, Message: o.Text})
		}
	}
	return places
}

// A visit says of a place that a check may have reported something about whether
// the package that was looked at leads a request there.
type visit struct {
	Check, Place string
	Reached      bool
}

func visitsOf(analyzer *analysis.Analyzer, found *rule.Result) []visit {
	visits := make([]visit, len(found.Visits))
	for i, v := range found.Visits {
		visits[i] = visit{analyzer.Name, finding.Place(v.Package, v.File, v.Line), v.Reached}
	}
	return visits
}

// reached drops the findings of whose places the program is known to lead no
// request to any.
func reached(all []finding.Finding, visits []visit) []finding.Finding {
	known := make(map[visit]bool)
	for _, v := range visits {
		known[v] = true
	}
	return slices.DeleteFunc(all, func(f finding.Finding) bool {
		return len(f.Through) > 0 && !slices.ContainsFunc(f.Through, func(place string) bool {
			return known[visit{f.Check, place, true}] || !known[visit{f.Check, place, false}]
		})
	})
}

// ownFile reports whether pos is in a file that somebody wrote: not generated,
// not vendored, and for cgo, in the file that its output stems from.
func (r *run) ownFile(c *checked, pos token.Pos) bool {
	parsed := r.fset.PositionFor(pos, false).Filename
	written := r.fset.Position(pos).Filename
	if vendored(r.paths.relative(written)) {
		return false
	}
	if c.served[written] {
		return true
	}
	if c.isSource(parsed) {
		return !slices.ContainsFunc(c.files, func(f *ast.File) bool {
			return f.FileStart <= pos && pos <= f.FileEnd && ast.IsGenerated(f)
		})
	}
	return c.isSource(written) && !generated(written)
}

// isSource reports whether name is a file of the package as its author sees it.
func (c *checked) isSource(name string) bool {
	n := c.node
	return slices.Contains(n.absoluteAll(n.GoFiles, n.CgoFiles), name)
}

func vendored(file string) bool {
	return strings.HasPrefix(file, "vendor/") || strings.Contains(file, "/vendor/")
}

// generated reports whether the file with that name says that it is.
func generated(name string) bool {
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
	return err == nil && ast.IsGenerated(f)
}

func (r *run) locate(c *checked, analyzer *analysis.Analyzer, report *rule.Report) finding.Finding {
	start := r.position(report.Pos)
	end := start
	if report.End.IsValid() && report.End >= report.Pos {
		if p := r.position(report.End); p.file == start.file {
			end = p
		}
	}
	f := finding.Finding{
		Check: analyzer.Name, Rule: report.Rule, Severity: report.Severity,
		Message: report.Message, Condition: report.Condition,
		URL:     analyzer.URL + "#" + report.Rule,
		Package: c.node.path(),
		File:    start.file, Line: start.line, Column: start.column,
		EndLine: end.line, EndColumn: end.column,
		Related: []finding.Related{}, Fixes: []finding.Fix{},
	}
	for i, related := range report.Related {
		at := r.position(related.Pos)
		if far, elsewhere := report.Elsewhere[i]; elsewhere {
			at = position{file: r.paths.relative(far.Filename), line: far.Line, column: far.Column}
		}
		f.Related = append(f.Related, finding.Related{File: at.file, Line: at.line, Column: at.column, Message: related.Message})
	}
	for _, pos := range report.Through {
		at := r.position(pos)
		f.Through = append(f.Through, finding.Place(f.Package, at.file, at.line))
	}
	if report.Fix != nil {
		if fix, ok := r.fix(report.Fix); ok {
			f.Fixes = append(f.Fixes, fix)
		}
	}
	if place := report.Stands; place != nil {
		f.Stands = &finding.Stand{Package: place.Package, Function: place.Function,
			File: r.paths.relative(place.At.Filename), Line: place.At.Line, Column: place.At.Column}
	}
	identify(&f, c.lineText(r.fset, report.Pos))
	return f
}

// identify notes what goes into the fingerprint, until all findings are there to
// be numbered. The package's path and the file's name do not depend on the
// directory that soplint runs in.
func identify(f *finding.Finding, anchor string) {
	f.Fingerprint = strings.Join([]string{f.Check, f.Rule, path.Join(f.Package, path.Base(f.File)), anchor}, "\x00")
}

// fix translates positions into offsets. A fix to what cgo made of a file
// cannot be applied to the file.
func (r *run) fix(suggested *analysis.SuggestedFix) (finding.Fix, bool) {
	fix := finding.Fix{Message: suggested.Message, Edits: []finding.Edit{}}
	for _, edit := range suggested.TextEdits {
		end := edit.End
		if !end.IsValid() {
			end = edit.Pos
		}
		from, to := r.fset.PositionFor(edit.Pos, false), r.fset.PositionFor(end, false)
		if from.Filename != to.Filename || filepath.Ext(from.Filename) != ".go" ||
			from.Filename != r.fset.Position(edit.Pos).Filename {
			return fix, false
		}
		fix.Edits = append(fix.Edits, finding.Edit{File: r.paths.relative(from.Filename),
			Start: from.Offset, End: to.Offset, New: string(edit.NewText)})
	}
	return fix, len(fix.Edits) > 0
}

// lineText is the source line at pos without the space around it.
func (c *checked) lineText(fset *token.FileSet, pos token.Pos) string {
	p := fset.PositionFor(pos, false)
	data := c.contents[p.Filename]
	if p.Offset > len(data) {
		return ""
	}
	start := bytes.LastIndexByte(data[:p.Offset], '\n') + 1
	line, _, _ := bytes.Cut(data[start:], []byte("\n"))
	return string(bytes.TrimSpace(line))
}

// settle sorts findings, drops those that a package and its test variants have
// in common, and numbers the ones that are alike to tell them apart.
func settle(all []finding.Finding) []finding.Finding {
	// What finding.Sort leaves open must not depend on the schedule.
	slices.SortFunc(all, func(a, b finding.Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Package, b.Package), cmp.Compare(a.Condition, b.Condition))
	})
	finding.Sort(all)
	out := make([]finding.Finding, 0, len(all))
	ordinals := make(map[string]int)
	for _, f := range all {
		if n := len(out); n > 0 && sameFinding(&out[n-1], &f) {
			out[n-1].Unite(&f)
			continue
		}
		identity := f.Fingerprint
		f.Fingerprint = fingerprint(identity, ordinals[identity])
		ordinals[identity]++
		out = append(out, f)
	}
	return out
}

func sameFinding(a, b *finding.Finding) bool {
	return a.File == b.File && a.Line == b.Line && a.ID() == b.ID() &&
		(a.Stands != nil || b.Stands != nil || a.Column == b.Column && a.Message == b.Message)
}

func fingerprint(identity string, ordinal int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", identity, ordinal))
	return hex.EncodeToString(sum[:16])
}
