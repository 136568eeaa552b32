package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/soplint/soplint/internal/baseline"
	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/judge"
	"github.com/soplint/soplint/internal/output"
	"github.com/soplint/soplint/internal/patch"
	"github.com/soplint/soplint/internal/report"
)

// analyse is the command without a subcommand.
func (a *app) analyse(args []string) (int, error) {
	var o options
	if err := o.parse(args); errors.Is(err, errHelp) {
		return a.help(nil)
	} else if err != nil {
		return 0, err
	}
	j, err := a.newJudge(&o)
	if err != nil {
		return 0, err
	}
	var known *baseline.Baseline
	if o.baseline != "" {
		if known, err = baseline.Read(inDirectory(o.dir, o.baseline)); err != nil {
			return 0, err
		}
	}
	outcome, findings, err := a.find(&o, j, known)
	if err == nil && o.fix {
		outcome, findings, err = a.fix(&o, j, known, outcome, findings)
	}
	if err != nil {
		return 0, err
	}
	a.printNotices(outcome, &o)
	r := &report.Report{Version: version(), Rules: j.Rules(), Findings: findings, Problems: outcome.Problems}
	if o.writeBaseline != "" {
		return a.writeBaseline(r, &o)
	}
	if err := a.write(r, &o); err != nil {
		return 0, err
	}
	return exitCode(r, o.failOn), nil
}

// newJudge reads the configuration that holds.
func (a *app) newJudge(o *options) (*judge.Judge, error) {
	asked := judge.Options{Dir: o.dir, Checks: a.checks, Chosen: o.checks}
	if o.config != "" {
		asked.Config = inDirectory(o.dir, o.config)
	}
	return judge.New(asked)
}

// webPackage is the predicate for the driver's prefilter.
func (a *app) webPackage(j *judge.Judge) func(path string) bool {
	if a.web != nil {
		return a.web
	}
	return j.Config.IsWebPackage
}

// find runs the analysis and decides what of its findings is reported.
func (a *app) find(o *options, j *judge.Judge, known *baseline.Baseline) (*driver.Outcome, []finding.Finding, error) {
	outcome, err := a.drive(o, j)
	if err != nil {
		return nil, nil, err
	}
	findings := j.Judge(outcome, o.least)
	if known != nil {
		if gone := known.Apply(findings); gone > 0 && o.verbose {
			fmt.Fprintf(a.stderr, "soplint: %d of the findings in the baseline are gone; write it anew with -write-baseline\n", gone)
		}
	}
	return outcome, findings, nil
}

// writeBaseline writes the findings as the new baseline instead of a report.
func (a *app) writeBaseline(r *report.Report, o *options) (int, error) {
	count, err := baseline.Write(inDirectory(o.dir, o.writeBaseline), r.Findings)
	if err != nil {
		return 0, err
	}
	if !o.quiet {
		fmt.Fprintf(a.stderr, "soplint: wrote %d findings to %s\n", count, o.writeBaseline)
	}
	r.Findings = nil
	return exitCode(r, o.failOn), report.Text(a.stderr, r, a.textOptions(o)) // problems, if there are any
}

// drive runs the driver until it is done or the user interrupts it.
func (a *app) drive(o *options, j *judge.Judge) (*driver.Outcome, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	progress := newProgress(a.stderr, o.quiet)
	defer progress.stop()
	watchMemory := tuneMemory()
	store, identity := a.cacheFor(o)
	outcome, err := driver.Run(ctx, driver.Options{
		Dir: o.dir, Patterns: o.patterns, Tags: o.tags, Tests: o.tests,
		Checks: j.Chosen.Enabled(), Survey: o.survey, WebPackage: a.webPackage(j),
		Cache: store, Identity: j.Identity(identity),
		KeepComment: ignore.Wanted,
		Progress: func(done, total int) {
			watchMemory()
			progress.update(done, total)
		},
	})
	if errors.Is(err, context.Canceled) {
		return nil, errors.New("interrupted")
	}
	return outcome, err
}

func (a *app) printNotices(outcome *driver.Outcome, o *options) {
	if !o.quiet {
		for _, notice := range outcome.Notices {
			fmt.Fprintf(a.stderr, "soplint: %s\n", report.Printable(notice))
		}
	}
	if !o.verbose {
		return
	}
	for _, stack := range outcome.Stacks {
		for line := range strings.SplitSeq(stack, "\n") {
			fmt.Fprintf(a.stderr, "soplint: %s\n", report.Printable(line))
		}
	}
	for _, open := range outcome.Open {
		fmt.Fprintf(a.stderr, "soplint: %s:%d: %s\n", open.File, open.Line, open.Message)
	}
	if n := len(outcome.Open); n > 0 {
		fmt.Fprintf(a.stderr, "soplint: %d places are not known well enough to report on them\n", n)
	}
	s := outcome.Stats
	fmt.Fprintf(a.stderr, "soplint: analysed %d packages, found %d in the cache, left out %d that reach no web package, read %d from export data, of %d in all\n",
		s.Analysed, s.Cached, s.Skipped, s.Exported, s.Listed)
}

// write renders r to standard output or to the file of -o.
func (a *app) write(r *report.Report, o *options) error {
	var out bytes.Buffer
	if err := a.render(&out, r, o); err != nil {
		return err
	}
	return a.put(out.Bytes(), o.output)
}

// put writes a report to standard output, or to the file where one is named.
func (a *app) put(data []byte, file string) error {
	if file != "" {
		if err := output.WriteFile(file, data); err != nil {
			return fmt.Errorf("cannot write the report: %w", err)
		}
		return nil
	}
	_, err := a.stdout.Write(data)
	return err
}

func (a *app) render(w io.Writer, r *report.Report, o *options) error {
	switch {
	case o.diff:
		return a.diff(w, r, o)
	case o.format == "json":
		return report.JSON(w, r)
	case o.format == "sarif":
		return report.SARIF(w, r, o.readFile)
	case o.format == "github":
		return report.GitHub(w, r)
	case o.format == "html":
		return report.HTML(w, r, report.HTMLOptions{ReadFile: o.readFile, Diff: o.fixDiff})
	}
	return report.Text(w, r, a.textOptions(o))
}

// fixDiff is what the fix of f alone changes. Where it cannot be carried out, as
// in a file that is gone, the report goes without; -diff says why.
func (o *options) fixDiff(f *finding.Finding) string {
	set, err := patch.Make([]finding.Finding{*f}, o.readFile)
	if err != nil {
		return ""
	}
	return set.Diff()
}

func (a *app) textOptions(o *options) report.TextOptions {
	terminal := o.output == "" && isTerminal(a.stdout)
	return report.TextOptions{
		Terminal: terminal,
		Color:    terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		Verbose:  o.verbose,
		ReadFile: o.readFile,
	}
}

// readFile reads a file by the name that findings use.
func (o *options) readFile(file string) ([]byte, error) { return os.ReadFile(inDirectory(o.dir, file)) }

// inDirectory resolves a path of a finding, which is relative to dir.
func inDirectory(dir, file string) string {
	file = filepath.FromSlash(file)
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func exitCode(r *report.Report, failOn finding.Severity) int {
	if len(r.Problems) > 0 {
		return exitProblems
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; !f.Suppressed && f.Severity >= failOn {
			return exitFindings
		}
	}
	return exitClean
}
