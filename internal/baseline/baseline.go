// Package baseline lets a program that has findings start with soplint: those
// that were there when the baseline was written are suppressed, new ones are
// not.
//
// A finding is known again by its fingerprint, which is made of the rule, the
// package, the file's name and the text of the line, so it stays the same when
// lines move.
package baseline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/output"
)

// largest is the size in bytes beyond which a file is no baseline: some 300
// bytes are written for a finding.
const largest = 64 << 20

// A document is the content of a baseline file. Only the fingerprints count;
// the rest is for whoever reads the file or a change of it.
type document struct {
	Schema   int     `json:"schema"`
	Findings []entry `json:"findings"`
}

type entry struct {
	ID          string `json:"id"` // check/rule
	File        string `json:"file"`
	Message     string `json:"message"`
	Fingerprint string `json:"fingerprint"`
}

// A Baseline is the set of findings that were known when it was written.
type Baseline struct {
	fingerprints map[string]bool
}

// Read reads the baseline in the file with that name.
func Read(name string) (*Baseline, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the baseline: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, largest+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read the baseline: %w", err)
	}
	if len(data) > largest {
		return nil, fmt.Errorf("baseline %s is larger than %d bytes", name, largest)
	}
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s is not a baseline: %w; write one with -write-baseline", name, err)
	}
	if doc.Schema != 1 {
		return nil, fmt.Errorf("%s is not a baseline of this version of soplint: schema %d, want 1", name, doc.Schema)
	}
	b := &Baseline{fingerprints: make(map[string]bool, len(doc.Findings))}
	for _, e := range doc.Findings {
		b.fingerprints[e.Fingerprint] = true
	}
	return b, nil
}

// Apply suppresses the findings that are in b, and returns how many of its
// entries no finding has any more.
func (b *Baseline) Apply(findings []finding.Finding) (gone int) {
	seen := make(map[string]bool)
	for i := range findings {
		if f := &findings[i]; b.fingerprints[f.Fingerprint] {
			f.Suppress(finding.ByBaseline)
			seen[f.Fingerprint] = true
		}
	}
	return len(b.fingerprints) - len(seen)
}

// Write writes the findings that no comment suppresses to the file with that
// name.
func Write(name string, findings []finding.Finding) (count int, err error) {
	doc := document{Schema: 1, Findings: []entry{}}
	for i := range findings {
		if f := &findings[i]; f.SuppressedBy != finding.ByComment {
			doc.Findings = append(doc.Findings, entry{ID: f.ID(), File: f.File, Message: f.Message, Fingerprint: f.Fingerprint})
		}
	}
	data, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return 0, err
	}
	if err := output.WriteFile(name, append(data, '\n')); err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return 0, fmt.Errorf("cannot write the baseline %s: %w", name, err)
	}
	return len(doc.Findings), nil
}
