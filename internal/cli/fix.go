package cli

import (
	"fmt"
	"io"

	"github.com/soplint/soplint/internal/baseline"
	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/judge"
	"github.com/soplint/soplint/internal/patch"
	"github.com/soplint/soplint/internal/report"
)

// mostRounds bounds how often -fix starts again for fixes that overlapped
// with others the time before.
const mostRounds = 5

// fix carries out the fixes of the findings, and returns what an analysis of
// the fixed program finds.
func (a *app) fix(o *options, j *judge.Judge, known *baseline.Baseline, outcome *driver.Outcome, findings []finding.Finding) (*driver.Outcome, []finding.Finding, error) {
	fixed, files := 0, make(map[string]bool)
	for again, round := true, 0; again && round < mostRounds; round++ {
		set, err := patch.Make(findings, o.readFile)
		if err != nil {
			return nil, nil, err
		}
		if len(set.Files) == 0 {
			break
		}
		if err := set.Write(func(file string) string { return inDirectory(o.dir, file) }); err != nil {
			return nil, nil, err
		}
		fixed += set.Fixed
		for _, file := range set.Files {
			files[file.Name] = true
		}
		if outcome, findings, err = a.find(o, j, known); err != nil {
			return nil, nil, err
		}
		again = set.Left > 0
	}
	if !o.quiet && fixed > 0 {
		fmt.Fprintf(a.stderr, "soplint: fixed %d findings in %d files\n", fixed, len(files))
	}
	return outcome, findings, nil
}

// diff writes what fix would change, and on standard error what could not be
// analysed.
func (a *app) diff(w io.Writer, r *report.Report, o *options) error {
	set, err := patch.Make(r.Findings, o.readFile)
	if err != nil {
		return err
	}
	problems := &report.Report{Version: r.Version, Problems: r.Problems}
	if err := report.Text(a.stderr, problems, report.TextOptions{}); err != nil {
		return err
	}
	_, err = io.WriteString(w, set.Diff())
	return err
}
