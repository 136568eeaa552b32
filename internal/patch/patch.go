// Package patch carries out the fixes of findings.
package patch

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"os"
	"slices"

	udiff "github.com/aymanbagabas/go-udiff"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/output"
)

// A File is a source file that fixes change.
type File struct {
	Name          string // as findings name it
	Before, After []byte
}

// A Set is what becomes of the fixes of some findings.
type Set struct {
	Files []File // sorted by name
	Fixed int    // how many findings they mend
	// Left counts the findings with a fix that could not be carried out beside
	// the others: run again for those.
	Left int
}

// Make carries out, in memory, the fixes of the findings that nothing
// suppresses. The first fix of a finding counts, and the first of two that
// overlap. A file that was formatted stays so. Where the fixes of a file do
// not lead to Go code, which is an error of the check, that is reported and
// nothing is changed.
func Make(findings []finding.Finding, readFile func(file string) ([]byte, error)) (*Set, error) {
	set := new(Set)
	accepted := make(map[string][]udiff.Edit)
	for i := range findings {
		f := &findings[i]
		if f.Suppressed || len(f.Fixes) == 0 {
			continue
		}
		if !accept(accepted, f.Fixes[0].Edits) {
			set.Left++
			continue
		}
		set.Fixed++
	}
	for name, edits := range accepted {
		file, err := apply(name, edits, readFile)
		if err != nil {
			return nil, fmt.Errorf("cannot fix %s: %w", name, err)
		}
		set.Files = append(set.Files, file)
	}
	slices.SortFunc(set.Files, func(a, b File) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	return set, nil
}

// accept adds edits to those accepted before, unless one of them overlaps
// another that is not the same.
func accept(accepted map[string][]udiff.Edit, edits []finding.Edit) bool {
	var fresh []finding.Edit
	for _, e := range edits {
		edit := udiff.Edit{Start: e.Start, End: e.End, New: e.New}
		if slices.Contains(accepted[e.File], edit) {
			continue
		}
		if slices.ContainsFunc(accepted[e.File], func(other udiff.Edit) bool { return overlap(edit, other) }) {
			return false
		}
		fresh = append(fresh, e)
	}
	for _, e := range fresh {
		accepted[e.File] = append(accepted[e.File], udiff.Edit{Start: e.Start, End: e.End, New: e.New})
	}
	return true
}

// overlap reports whether the order of a and b matters. Two insertions at one
// place do overlap.
func overlap(a, b udiff.Edit) bool {
	return a.Start < b.End && b.Start < a.End || a.Start == b.Start
}

func apply(name string, edits []udiff.Edit, readFile func(file string) ([]byte, error)) (File, error) {
	file := File{Name: name}
	var err error
	if file.Before, err = readFile(name); err != nil {
		return file, err
	}
	if file.After, err = udiff.ApplyBytes(file.Before, edits); err != nil {
		return file, err
	}
	formatted, err := format.Source(file.After)
	if err != nil {
		return file, fmt.Errorf("the fixed code does not parse: %w", err)
	}
	if before, err := format.Source(file.Before); err == nil && bytes.Equal(before, file.Before) {
		file.After = formatted
	}
	return file, nil
}

// Write changes the files on disk. A file that is no longer what was analysed
// stays as it is, and is an error.
func (s *Set) Write(path func(file string) string) error {
	var failed []error
	for _, f := range s.Files {
		if err := f.write(path(f.Name)); err != nil {
			failed = append(failed, fmt.Errorf("cannot fix %s: %w", f.Name, err))
		}
	}
	return errors.Join(failed...)
}

func (f *File) write(path string) error {
	now, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, f.Before) {
		return errors.New("it changed during the analysis")
	}
	return output.WriteFile(path, f.After)
}

// Diff returns the changes as a unified diff, which patch(1) and "git apply -p0"
// take.
func (s *Set) Diff() string {
	var out bytes.Buffer
	for _, f := range s.Files {
		out.WriteString(udiff.Unified(f.Name, f.Name, string(f.Before), string(f.After)))
	}
	return out.String()
}
