// Package judge decides what of that which the driver found is reported: by
// the configuration, by what the user asks for, and by comments in the code.
package judge

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/config"
	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/selection"
	"github.com/soplint/soplint/internal/settings"
)

// Options say what the user asks for.
type Options struct {
	Dir    string       // the directory that the files of findings are relative to
	Checks []rule.Check // all that there are
	Chosen string       // checks and rules, as -checks takes them; empty: as configured
	Config string       // the configuration file; empty: the one that holds for Dir
}

// A Judge decides what of the findings is reported.
type Judge struct {
	Config *config.Config
	Chosen *selection.Set
	dir    string // absolute
}

// New reads the configuration, and gives it to the passes, too.
func New(o Options) (*Judge, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	all, err := selection.Parse(o.Checks, "")
	if err != nil {
		return nil, err
	}
	c := new(config.Config)
	file := o.Config
	if file == "" {
		if file, err = config.Find(dir); err != nil {
			return nil, err
		}
	}
	if file != "" {
		if c, err = config.Read(file, all.Lookup); err != nil {
			return nil, err
		}
	}
	chosen, err := selection.Parse(o.Checks, cmp.Or(o.Chosen, c.Checks))
	if err != nil {
		return nil, err
	}
	settings.Use(c, chosen.Every)
	return &Judge{Config: c, Chosen: chosen, dir: dir}, nil
}

// Identity stands for all that the findings of a build of the program depend on
// besides the code: the build, the configuration, and what is chosen.
func (j *Judge) Identity(build string) string {
	return strings.Join(append(j.Chosen.IDs(), build, j.Config.Digest), "\x00")
}

// Judge turns what the driver found into what is reported: the chosen rules,
// with those suppressed that comments suppress, and the findings about such
// comments.
func (j *Judge) Judge(outcome *driver.Outcome, least finding.Severity) []finding.Finding {
	outcome.Problems = slices.DeleteFunc(outcome.Problems, func(p finding.Problem) bool { return j.excluded(p.File) })
	findings := slices.DeleteFunc(outcome.Findings, func(f finding.Finding) bool { return !j.Chosen.On(f.ID()) })
	failed := make(map[string]bool)
	for _, p := range outcome.Problems {
		failed[p.Package] = true
	}
	comments := make([]ignore.Comment, 0, len(outcome.Comments))
	for _, c := range outcome.Comments {
		comments = append(comments, ignore.Comment(c))
	}
	about := ignore.Apply(findings, comments, ignore.Run{
		Lookup: j.Chosen.Lookup,
		Ran:    func(pkg, name string) bool { return !failed[pkg] && j.Chosen.Every(name) },
		URL:    settings.Analyzer.URL + "#" + ignore.Rule,
	})
	if j.Chosen.Any(ignore.Check) {
		findings = append(findings, about...)
	}
	for i := range findings {
		f := &findings[i]
		f.Severity = j.Config.Severity(f.ID(), f.Severity)
	}
	findings = slices.DeleteFunc(findings, func(f finding.Finding) bool { return f.Severity < least || j.excluded(f.File) })
	finding.Sort(findings)
	return findings
}

func (j *Judge) excluded(file string) bool {
	if file == "" {
		return false
	}
	path := filepath.FromSlash(file)
	if !filepath.IsAbs(path) {
		path = filepath.Join(j.dir, path)
	}
	return j.Config.Excluded(path)
}
