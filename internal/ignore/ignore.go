// Package ignore applies the comments by which people suppress findings:
//
//	//soplint:ignore check[/rule][,check[/rule]…] reason
//	//nolint:soplint
//	//nolint:check
//
// A comment is about its own line, or, where nothing precedes it there, about
// the line below. The first form needs a reason, and is itself reported where
// it has none, names what does not exist, or suppresses nothing.
package ignore

import (
	"fmt"
	"strings"

	"github.com/soplint/soplint/internal/finding"
)

// The finding about a directive itself.
const (
	Check = "soplint"
	Rule  = "ignore"
)

const (
	directive = "//soplint:ignore"
	nolint    = "//nolint:"
)

// A Comment is a comment of the analysed program.
type Comment struct {
	Package      string
	File         string
	Line, Column int
	EndColumn    int
	Text         string // with its slashes
	Target       int    // the line that it is about
	Fingerprint  string
}

// Wanted picks the comments that Apply understands.
func Wanted(text string) bool {
	return strings.HasPrefix(text, directive) || strings.HasPrefix(text, nolint)
}

// Names returns the checks and rules that a directive names, in its order; none
// if it is no directive.
func Names(text string) []string {
	fields := strings.Fields(strings.TrimPrefix(text, directive))
	if !strings.HasPrefix(text, directive) || len(fields) == 0 {
		return nil
	}
	return strings.Split(fields[0], ",")
}

// A Run is what Apply must know of the run that gave the findings.
type Run struct {
	// Lookup returns an error for a name, check or check/rule, that does not
	// exist.
	Lookup func(name string) error
	// Ran reports whether findings of that name were looked for in a package.
	Ran func(pkg, name string) bool
	URL string // documentation of the directives
}

// Apply marks the findings that comments suppress, and returns findings about
// the comments themselves.
func Apply(findings []finding.Finding, comments []Comment, run Run) []finding.Finding {
	byLine := make(map[line][]*finding.Finding)
	for i := range findings {
		f := &findings[i]
		byLine[line{f.File, f.Line}] = append(byLine[line{f.File, f.Line}], f)
	}
	var about []finding.Finding
	for i := range comments {
		c := &comments[i]
		targets := byLine[line{c.File, c.Target}]
		if names, ok := strings.CutPrefix(c.Text, nolint); ok {
			suppressNolint(targets, names)
			continue
		}
		if severity, message := apply(c, targets, run); message != "" {
			about = append(about, c.finding(severity, message, run.URL))
		}
	}
	return about
}

type line struct {
	file string
	line int
}

func suppressNolint(targets []*finding.Finding, list string) {
	list, _, _ = strings.Cut(list, " ")
	list, _, _ = strings.Cut(list, "//")
	for name := range strings.SplitSeq(list, ",") {
		for _, f := range targets {
			if name == Check || name == f.Check {
				f.Suppress(finding.ByComment)
			}
		}
	}
}

// apply carries out one directive and says what is wrong with it, if anything.
func apply(c *Comment, targets []*finding.Finding, run Run) (finding.Severity, string) {
	rest := strings.TrimPrefix(c.Text, directive)
	if rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return finding.Warning, fmt.Sprintf("unknown directive %s, want %s check reason",
			strings.Fields(c.Text)[0], directive)
	}
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return finding.Warning, "directive names no check and gives no reason, so it suppresses nothing"
	}
	names := Names(c.Text)
	for _, name := range names {
		if err := run.Lookup(name); err != nil {
			return finding.Warning, fmt.Sprintf("directive suppresses nothing: %v", err)
		}
	}
	if len(fields) == 1 {
		return finding.Warning, fmt.Sprintf("directive for %s gives no reason, so it suppresses nothing", fields[0])
	}
	var unused []string
	for _, name := range names {
		if !suppress(targets, name) && run.Ran(c.Package, name) {
			unused = append(unused, name)
		}
	}
	if len(unused) > 0 {
		return finding.Note, fmt.Sprintf("directive suppresses nothing: no finding of %s on line %d",
			strings.Join(unused, ", "), c.Target)
	}
	return 0, ""
}

// suppress reports whether name, a check or check/rule, is that of a finding.
func suppress(targets []*finding.Finding, name string) bool {
	used := false
	for _, f := range targets {
		if name == f.Check || name == f.ID() {
			f.Suppress(finding.ByComment)
			used = true
		}
	}
	return used
}

func (c *Comment) finding(severity finding.Severity, message, url string) finding.Finding {
	return finding.Finding{
		Check: Check, Rule: Rule, Severity: severity, Message: message,
		URL: url, Package: c.Package,
		File: c.File, Line: c.Line, Column: c.Column, EndLine: c.Line, EndColumn: c.EndColumn,
		Fingerprint: c.Fingerprint,
	}
}
