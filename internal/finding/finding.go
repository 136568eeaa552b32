// Package finding holds a report as plain data: what the passes found, free of
// syntax trees and positions in a file set, so that writers, editors and the
// baseline need nothing else.
package finding

import (
	"fmt"
	"path"
	"slices"
	"sort"
)

// Severity says how much a finding matters. The order of the values is the
// order of importance, so they can be compared.
type Severity int

const (
	// Note marks code that is worth making explicit; no attack is known.
	Note Severity = iota + 1
	// Warning marks an attack by a narrower attacker that the finding names,
	// or a configuration that cannot work as it was meant.
	Warning
	// Error marks protection that is off as written: any site can read
	// private data or have something done.
	Error
)

// String returns the word that every output format uses, SARIF included.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// ParseSeverity is the inverse of [Severity.String].
func ParseSeverity(word string) (Severity, error) {
	for _, s := range []Severity{Note, Warning, Error} {
		if s.String() == word {
			return s, nil
		}
	}
	return 0, fmt.Errorf("unknown severity %q (want note, warning or error)", word)
}

// MarshalText writes the severity as its word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word back.
func (s *Severity) UnmarshalText(text []byte) error {
	parsed, err := ParseSeverity(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}

// A Finding is one report. Its JSON form is part of the command's contract.
type Finding struct {
	Check       string    `json:"check"`
	Rule        string    `json:"rule"`
	Severity    Severity  `json:"severity"`
	Message     string    `json:"message"`
	Condition   string    `json:"condition"`
	URL         string    `json:"url"`
	Package     string    `json:"package"`
	File        string    `json:"file"`
	Line        int       `json:"line"`
	Column      int       `json:"column"`
	EndLine     int       `json:"endLine"`
	EndColumn   int       `json:"endColumn"`
	Related     []Related `json:"related"`
	Fixes       []Fix     `json:"fixes"`
	Fingerprint string    `json:"fingerprint"`
	Suppressed  bool      `json:"suppressed"`
	// SuppressedBy says what suppresses it, if anything does.
	SuppressedBy Suppressor `json:"suppressedBy,omitempty"`
	// Through are the places that a request must come to one of, as [Place]
	// writes them.
	Through []string `json:"-"`
	// Stands is where it stands if that is in another package than the one that was
	// looked at. A driver that sees both shows it there.
	Stands *Stand `json:"-"`
}

// A Stand is a place in another package.
type Stand struct {
	Package, Function string
	File              string
	Line, Column      int
}

// maxRelated bounds how many places a finding has when others were added to it.
const maxRelated = 10

// Unite adds to f what another finding about the same place says.
func (f *Finding) Unite(other *Finding) {
	if other.Severity > f.Severity {
		f.Severity, f.Message, f.Condition = other.Severity, other.Message, other.Condition
	}
	for _, related := range other.Related {
		if len(f.Related) < maxRelated && !slices.Contains(f.Related, related) {
			f.Related = append(f.Related, related)
		}
	}
}

// Place writes a place in a package, whatever directory that is in.
func Place(importPath, file string, line int) string {
	return fmt.Sprintf("%s/%s:%d", importPath, path.Base(file), line)
}

// A Suppressor is what keeps a finding from counting.
type Suppressor string

const (
	// ByComment marks a finding that a comment in the source suppresses.
	ByComment Suppressor = "comment"
	// ByBaseline marks a finding that was there when the baseline was written.
	ByBaseline Suppressor = "baseline"
)

// Suppress marks f as suppressed. What suppressed it first stays.
func (f *Finding) Suppress(by Suppressor) {
	if !f.Suppressed {
		f.Suppressed, f.SuppressedBy = true, by
	}
}

// ID is the finding's kind as users write it: check/rule.
func (f *Finding) ID() string { return f.Check + "/" + f.Rule }

// A Related is one step on the way to the finding.
type Related struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// A Fix is a change that mends the finding.
type Fix struct {
	Message string `json:"message"`
	Edits   []Edit `json:"edits"`
}

// An Edit replaces the bytes [Start, End) of File by New.
type Edit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

// A Problem is something that could not be analysed.
type Problem struct {
	Package string `json:"package"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// Sort puts findings into the order that every output keeps: by file, line,
// column, check, rule, message.
func Sort(fs []Finding) {
	sort.SliceStable(fs, func(i, j int) bool { return less(&fs[i], &fs[j]) })
}

func less(a, b *Finding) bool {
	switch {
	case a.File != b.File:
		return a.File < b.File
	case a.Line != b.Line:
		return a.Line < b.Line
	case a.Column != b.Column:
		return a.Column < b.Column
	case a.Check != b.Check:
		return a.Check < b.Check
	case a.Rule != b.Rule:
		return a.Rule < b.Rule
	}
	return a.Message < b.Message
}
