package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/judge"
	"github.com/soplint/soplint/internal/nearest"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/surface"
	"github.com/soplint/soplint/internal/survey"
)

// mapOptions are the flags of soplint map.
type mapOptions struct {
	options
	filter surface.Filter
	old    string
}

var mapFormats = []string{"text", "json", "html", "dot", "svg"}

func (o *mapOptions) flagSet() *flag.FlagSet {
	o.least, o.failOn, o.survey = finding.Note, finding.Error, survey.Analyzer
	flags := flag.NewFlagSet("soplint map", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are reported once, by the caller
	flags.Usage = func() {}
	flags.StringVar(&o.format, "format", "text", "output format: "+strings.Join(mapFormats, ", "))
	flags.StringVar(&o.output, "o", "", "write the map to `file` instead of standard output")
	flags.BoolVar(&o.filter.Exposed, "exposed", false, "only routes that a page of an attacker's site can read, open or drive")
	flags.StringVar(&o.filter.Method, "method", "", "only routes that take `METHOD`")
	flags.StringVar(&o.filter.Check, "check", "", "only routes with a finding of that `check`, or check/rule")
	flags.StringVar(&o.old, "diff", "", "show what opened or closed since the map in `file`, of -format=json; exit 1 if something opened")
	flags.StringVar(&o.config, "config", "", "configuration `file` (default .soplint.yml beside go.mod, go.work or .git)")
	flags.StringVar(&o.tags, "tags", "", "comma-separated `list` of build tags")
	flags.BoolVar(&o.tests, "tests", false, "map the routes of test files, too")
	flags.StringVar(&o.dir, "C", "", "run in `directory`")
	flags.BoolVar(&o.quiet, "q", false, "print nothing but the map")
	flags.BoolVar(&o.verbose, "v", false, "print the evidence for each route, and counts")
	return flags
}

const mapUsage = `soplint map shows every route of a server: whose pages may read its answers,
whose may send to it, what stops them, and what it changes.

usage:
  soplint map [flags] [packages]  (default ./...)

flags:
`

const mapExits = `
exit code: 0, with -diff 1 if something opened, 2 bad usage or something could
not be analysed (what could be is still shown)
`

// mapRoutes is the subcommand map.
func (a *app) mapRoutes(args []string) (int, error) {
	var o mapOptions
	flags := o.flagSet()
	if err := o.read(flags, args); errors.Is(err, errHelp) {
		flags.SetOutput(a.stdout)
		fmt.Fprint(a.stdout, mapUsage)
		flags.PrintDefaults()
		fmt.Fprint(a.stdout, mapExits)
		return exitClean, nil
	} else if err != nil {
		return 0, err
	}
	if !slices.Contains(mapFormats, o.format) {
		return 0, fmt.Errorf("unknown format %q%s", o.format, nearest.Suggest(o.format, mapFormats))
	}
	if o.old != "" && o.format != "text" {
		return 0, fmt.Errorf("-diff is text; give it without -format=%s", o.format)
	}
	j, err := a.newJudge(&o.options)
	if err != nil {
		return 0, err
	}
	if o.filter.Check != "" {
		if err := j.Chosen.Lookup(o.filter.Check); err != nil {
			return 0, err
		}
	}
	return a.survey(&o, j)
}

// survey makes the map and shows it.
func (a *app) survey(o *mapOptions, j *judge.Judge) (int, error) {
	var old *report.Surface
	if o.old != "" {
		var err error
		if old, err = readMap(inDirectory(o.dir, o.old)); err != nil {
			return 0, err
		}
	}
	outcome, findings, err := a.find(&o.options, j, nil)
	if err != nil {
		return 0, err
	}
	a.printNotices(outcome, &o.options)
	s := &report.Surface{Version: version(), Map: outcome.Surface, Problems: outcome.Problems}
	s.Map.Attach(findings)
	o.filter.Apply(&s.Map)
	var out bytes.Buffer
	opened := false
	switch {
	case old != nil:
		o.filter.Apply(&old.Map)
		opened, err = report.SurfaceDiff(&out, old, s)
	case o.format == "json":
		err = report.SurfaceJSON(&out, s)
	case o.format == "html":
		err = report.SurfaceHTML(&out, s, o.readFile)
	case o.format == "dot":
		err = report.SurfaceDot(&out, s)
	case o.format == "svg":
		err = report.SurfaceSVG(&out, s)
	default:
		err = report.SurfaceText(&out, s, o.verbose)
	}
	if err != nil {
		return 0, err
	}
	if err := a.put(out.Bytes(), o.output); err != nil {
		return 0, err
	}
	switch {
	case len(outcome.Problems) > 0:
		return exitProblems, nil
	case opened:
		return exitFindings, nil
	}
	return exitClean, nil
}

// readMap reads a map that was written with -format=json.
func readMap(name string) (*report.Surface, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the map: %w", err)
	}
	s := new(report.Surface)
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("%s is no map of soplint map -format=json: %w", name, err)
	}
	if s.Schema != report.SurfaceSchema {
		return nil, fmt.Errorf("%s is no map of soplint map -format=json: its schema is %d, want %d", name, s.Schema, report.SurfaceSchema)
	}
	return s, nil
}
