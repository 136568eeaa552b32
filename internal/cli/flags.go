package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/nearest"
)

// options are the flags of an analysis, and the packages to analyse.
type options struct {
	format   string
	output   string
	checks   string
	least    finding.Severity
	failOn   finding.Severity
	tags     string
	tests    bool
	dir      string
	noCache  bool
	quiet    bool
	verbose  bool
	patterns []string

	config        string
	baseline      string
	writeBaseline string
	fix, diff     bool

	survey *analysis.Analyzer // for soplint map
}

var formats = []string{"text", "json", "sarif", "github", "html"}

var severities = []string{"note", "warning", "error"}

// flagSet binds o to flags and gives it their default values.
func (o *options) flagSet() *flag.FlagSet {
	o.least, o.failOn = finding.Note, finding.Warning
	flags := flag.NewFlagSet("soplint", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are reported once, by the caller
	flags.Usage = func() {}
	flags.StringVar(&o.format, "format", "text", "output format: "+strings.Join(formats, ", "))
	flags.StringVar(&o.output, "o", "", "write the report to `file` instead of standard output")
	flags.StringVar(&o.checks, "checks", "", "`list` of checks or check/rule to run, -name to leave one out (default all)")
	flags.TextVar(&o.least, "severity", o.least, "least `severity` to report: note, warning or error")
	flags.TextVar(&o.failOn, "fail-on", o.failOn, "least `severity` that makes the exit code 1")
	flags.StringVar(&o.config, "config", "", "configuration `file` (default .soplint.yml beside go.mod, go.work or .git)")
	flags.StringVar(&o.baseline, "baseline", "", "suppress the findings that are in `file`")
	flags.StringVar(&o.writeBaseline, "write-baseline", "", "write the findings to `file` for -baseline, instead of reporting them")
	flags.BoolVar(&o.fix, "fix", false, "mend what has a mechanical fix, and report the rest")
	flags.BoolVar(&o.diff, "diff", false, "print what -fix would change instead of the report, and change nothing")
	flags.StringVar(&o.tags, "tags", "", "comma-separated `list` of build tags")
	flags.BoolVar(&o.tests, "tests", false, "analyse test files, too")
	flags.StringVar(&o.dir, "C", "", "run in `directory`")
	flags.BoolVar(&o.noCache, "no-cache", false, "neither use nor fill the cache of results")
	flags.BoolVar(&o.quiet, "q", false, "print nothing but the report")
	flags.BoolVar(&o.verbose, "v", false, "print conditions, counts and the stacks of failed passes")
	return flags
}

// parse reads args.
func (o *options) parse(args []string) error {
	if err := o.read(o.flagSet(), args); err != nil {
		return err
	}
	return o.contradiction()
}

// read reads args by those flags, which may come before and after packages.
func (o *options) read(flags *flag.FlagSet, args []string) error {
	for {
		if err := flags.Parse(args); err != nil {
			return o.explainError(flags, err)
		}
		rest := flags.Args()
		consumed := len(args) - len(rest)
		if len(rest) == 0 || consumed > 0 && args[consumed-1] == "--" {
			o.patterns = append(o.patterns, rest...)
			return nil
		}
		o.patterns = append(o.patterns, rest[0])
		args = rest[1:]
	}
}

// contradiction returns an error if the values of flags cannot be meant.
func (o *options) contradiction() error {
	switch {
	case !slices.Contains(formats, o.format):
		return fmt.Errorf("unknown format %q%s", o.format, nearest.Suggest(o.format, formats))
	case o.fix && o.diff:
		return errors.New("-fix changes files and -diff changes none; give one of them")
	case o.writeBaseline != "" && (o.fix || o.diff):
		return errors.New("-write-baseline takes the findings as they are; give it without -fix and -diff")
	}
	return nil
}

// explainError makes what package flag says one line that helps.
func (o *options) explainError(flags *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return errHelp
	}
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: "); ok {
		var known []string
		flags.VisitAll(func(f *flag.Flag) { known = append(known, "-"+f.Name) })
		return fmt.Errorf("unknown flag %s%s; run soplint help for all flags", name, nearest.Suggest(name, known))
	}
	// invalid value "x" for flag -name: reason
	if quoted, found := strings.CutPrefix(text, "invalid value "); found {
		value, rest, _ := strings.Cut(strings.TrimPrefix(quoted, `"`), `" for flag `)
		name, reason, _ := strings.Cut(rest, ": ")
		if name == "-severity" || name == "-fail-on" {
			return fmt.Errorf("unknown severity %q for %s%s", value, name, nearest.Suggest(value, severities))
		}
		return fmt.Errorf("invalid value %q for %s: %s", value, name, reason)
	}
	if name, found := strings.CutPrefix(text, "flag needs an argument: "); found {
		return fmt.Errorf("flag %s needs a value", name)
	}
	return err
}
