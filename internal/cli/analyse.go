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
	"slices"

	"golang.org/x/term"

	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/settings"
)

// analyse is the command without a subcommand.
func (a *app) analyse(args []string) (int, error) {
	var o options
	if err := o.parse(args); errors.Is(err, errHelp) {
		return a.help(nil)
	} else if err != nil {
		return 0, err
	}
	chosen, err := selectRules(a.checks, o.checks)
	if err != nil {
		return 0, err
	}
	outcome, err := a.drive(&o, chosen)
	if err != nil {
		return 0, err
	}
	findings := judge(outcome, chosen, o.least)
	a.printNotices(outcome, &o)
	r := &report.Report{Version: version(), Findings: findings, Problems: outcome.Problems}
	if err := a.write(r, &o); err != nil {
		return 0, err
	}
	return exitCode(r, o.failOn), nil
}

// drive runs the driver until it is done or the user interrupts it.
func (a *app) drive(o *options, chosen *selection) (*driver.Outcome, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	progress := newProgress(a.stderr, o.quiet)
	defer progress.stop()
	watchMemory := tuneMemory()
	store, identity := a.cacheFor(o)
	outcome, err := driver.Run(ctx, driver.Options{
		Dir: o.dir, Patterns: o.patterns, Tags: o.tags, Tests: o.tests,
		Checks: chosen.enabled(), WebPackage: a.web,
		Cache: store, Identity: identity,
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

// judge turns what the driver found into what is reported: the chosen rules,
// with those suppressed that comments suppress, and the findings about such
// comments.
func judge(outcome *driver.Outcome, chosen *selection, least finding.Severity) []finding.Finding {
	findings := slices.DeleteFunc(outcome.Findings, func(f finding.Finding) bool { return !chosen.on[f.ID()] })
	failed := make(map[string]bool)
	for _, p := range outcome.Problems {
		failed[p.Package] = true
	}
	comments := make([]ignore.Comment, 0, len(outcome.Comments))
	for _, c := range outcome.Comments {
		comments = append(comments, ignore.Comment(c))
	}
	about := ignore.Apply(findings, comments, ignore.Run{
		Lookup: chosen.lookup,
		Ran:    func(pkg, name string) bool { return !failed[pkg] && chosen.every(name) },
		URL:    settings.Analyzer.URL + "#" + ignore.Rule,
	})
	if chosen.any(ignore.Check) {
		findings = append(findings, about...)
	}
	findings = slices.DeleteFunc(findings, func(f finding.Finding) bool { return f.Severity < least })
	finding.Sort(findings)
	return findings
}

func (a *app) printNotices(outcome *driver.Outcome, o *options) {
	if !o.quiet {
		for _, notice := range outcome.Notices {
			fmt.Fprintf(a.stderr, "soplint: %s\n", notice)
		}
	}
	if !o.verbose {
		return
	}
	for _, stack := range outcome.Stacks {
		fmt.Fprintf(a.stderr, "soplint: %s\n", stack)
	}
	s := outcome.Stats
	fmt.Fprintf(a.stderr, "soplint: analysed %d packages, found %d in the cache, left out %d that reach no web package, read %d from export data, of %d in all\n",
		s.Analysed, s.Cached, s.Skipped, s.Exported, s.Listed)
}

// write renders r to standard output or to the file of -o.
func (a *app) write(r *report.Report, o *options) error {
	var out bytes.Buffer
	if o.format == "json" {
		if err := report.JSON(&out, r); err != nil {
			return err
		}
	} else if err := report.Text(&out, r, a.textOptions(o)); err != nil {
		return err
	}
	if o.output != "" {
		if err := os.WriteFile(o.output, out.Bytes(), 0o666); err != nil {
			return fmt.Errorf("cannot write the report: %w", err)
		}
		return nil
	}
	_, err := a.stdout.Write(out.Bytes())
	return err
}

func (a *app) textOptions(o *options) report.TextOptions {
	terminal := o.output == "" && isTerminal(a.stdout)
	return report.TextOptions{
		Terminal: terminal,
		Color:    terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		Verbose:  o.verbose,
		ReadFile: func(file string) ([]byte, error) { return os.ReadFile(inDirectory(o.dir, file)) },
	}
}

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
