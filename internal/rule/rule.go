// Package rule connects passes with what shows their reports.
//
// A report of soplint says more than an [analysis.Diagnostic] can carry: its
// severity, and the condition under which it hurts. A pass therefore reports
// through a [Reporter]: the report becomes a diagnostic for drivers that know
// only those (go vet, golangci-lint), and is kept in the pass's [Result] for
// drivers that can show all of it.
package rule

import (
	"go/ast"
	"go/token"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
)

// A Rule is one kind of report of a check.
type Rule struct {
	Name     string           // the part behind the slash of check/rule
	Severity finding.Severity // the highest severity it reports at
	Summary  string           // one clause, for lists
}

// A Check is an analyzer together with the rules that it reports.
type Check struct {
	Analyzer *analysis.Analyzer
	Rules    []Rule
	CWE      int // the class of weakness in the Common Weakness Enumeration, 0 if none fits
}

// A Report is one finding of a pass, still with positions of its file set.
type Report struct {
	Rule      string // name of the rule, without the check
	Severity  finding.Severity
	Pos, End  token.Pos
	Message   string
	Condition string // when it hurts
	Related   []analysis.RelatedInformation
	Elsewhere map[int]token.Position // by index, where those of Related are that are in another package; their Pos means nothing
	Fix       *analysis.SuggestedFix // nil where no mechanical mend is known

	// Stands is where the report stands if that is in another package; nil for Pos.
	// A driver that sees a whole program shows it there, others at Pos.
	Stands *Place

	// Through are the places of which a request must come to one for the report
	// to be true; none where that is not known. A program whose packages all keep
	// requests from them is not at fault (see Visit).
	Through []token.Pos
}

// A Place is a place in another package.
type Place struct {
	Package  string // import path
	Function string // the function that the place is in, which other places of it share
	At       token.Position
}

// A Visit is a place in another package, which the pass may have reported
// something about, and whether a request of an attacker gets there by way of the
// package that the pass looks at. A driver that sees a whole program drops the
// reports that no visit confirms where some speak of them.
type Visit struct {
	Package string // import path
	File    string // without directory
	Line    int
	Reached bool
}

// RelateElsewhere adds a place in another package, of which this file set knows no
// position.
func (r *Report) RelateElsewhere(at token.Position, text string) {
	if r.Elsewhere == nil {
		r.Elsewhere = map[int]token.Position{}
	}
	r.Elsewhere[len(r.Related)] = at
	r.Related = append(r.Related, analysis.RelatedInformation{Pos: r.Pos, Message: text})
}

// A Result is what a pass found in one package.
type Result struct {
	Reports    []Report
	Served     map[string][]byte // contents, by name, of the files other than Go source that were looked at
	Directives []Directive       // in those
	Visits     []Visit
	Open       []Open

	// Depends is what the result depends on besides the files of the package and
	// what it sees of its imports.
	Depends []Dependency
}

// An Open is a place that nothing is reported about because not enough is known
// of it.
type Open struct {
	Pos  token.Pos
	Text string // one clause
}

// A Directive is a comment in a file other than Go source by which people
// suppress reports.
type Directive struct {
	Pos, End token.Pos
	Text     string // as it would stand in Go: with //, and without what closes the comment
	Alone    bool   // nothing else stands on its line, so that it is about the next
}

// A Dependency is something outside of a package that a result was made from, as
// it was then. Types that implement it are registered with encoding/gob, for
// drivers that keep results.
type Dependency interface {
	// Holds reports whether it is still the same. What it reads it may keep in seen,
	// under keys of types of its own, for others that are asked in the same run.
	Holds(seen *sync.Map) bool
}

// ResultType is the ResultType of every analyzer that reports findings.
var ResultType = reflect.TypeFor[*Result]()

// A Reporter collects the reports of one pass over one package.
type Reporter struct {
	pass   *analysis.Pass
	result Result
}

// NewReporter returns a Reporter for pass, whose analyzer must require
// [settings.Analyzer].
func NewReporter(pass *analysis.Pass) *Reporter { return &Reporter{pass: pass} }

// Report records r.
//
// A report without an End is widened to the call or field that it stands at. A
// fix that would change a generated file is left out.
func (rep *Reporter) Report(r Report) {
	if !r.End.IsValid() {
		r.Pos, r.End = extent(rep.pass, r.Pos)
	}
	if r.Fix != nil && !writtenByHand(rep.pass, r.Fix) {
		r.Fix = nil
	}
	rep.result.Reports = append(rep.result.Reports, r)
}

// LeaveOpen records that the pass could not tell what happens at pos.
func (rep *Reporter) LeaveOpen(pos token.Pos, text string) {
	rep.result.Open = append(rep.result.Open, Open{Pos: pos, Text: text})
}

// Visit records a place in another package.
func (rep *Reporter) Visit(v Visit) { rep.result.Visits = append(rep.result.Visits, v) }

// Read records that a file other than Go source was looked at, and the directives
// in it.
func (rep *Reporter) Read(name string, content []byte, directives []Directive) {
	if rep.result.Served == nil {
		rep.result.Served = map[string][]byte{}
	}
	rep.result.Served[name] = content
	rep.result.Directives = append(rep.result.Directives, directives...)
}

// DependsOn records what the result depends on besides the files of the package
// and what it sees of its imports.
func (rep *Reporter) DependsOn(d Dependency) { rep.result.Depends = append(rep.result.Depends, d) }

// writtenByHand reports whether all files that fix changes are. A change of a
// generated file would be gone with the next generation.
func writtenByHand(pass *analysis.Pass, fix *analysis.SuggestedFix) bool {
	for _, edit := range fix.TextEdits {
		for _, file := range pass.Files {
			if file.FileStart <= edit.Pos && edit.Pos <= file.FileEnd && ast.IsGenerated(file) {
				return false
			}
		}
	}
	return true
}

// Result makes diagnostics of the reports, and returns what the analyzer's Run
// function should return. It is called once, at the end.
func (rep *Reporter) Result() *Result {
	diagnose(rep.pass, rep.result.Reports)
	return &rep.result
}
