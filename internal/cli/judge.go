package cli

import (
	"path/filepath"
	"slices"

	"github.com/soplint/soplint/internal/config"
	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/selection"
	"github.com/soplint/soplint/internal/settings"
)

// A judge decides what of the findings is reported.
type judge struct {
	config *config.Config
	chosen *selection.Set
	web    func(path string) bool
	dir    string // absolute; files of findings are relative to it
}

// newJudge reads the configuration, and gives it to the passes, too.
func (a *app) newJudge(o *options) (*judge, error) {
	dir, err := filepath.Abs(o.dir)
	if err != nil {
		return nil, err
	}
	file := config.Find(dir)
	if o.config != "" {
		file = inDirectory(o.dir, o.config)
	}
	c, err := a.readConfig(file)
	if err != nil {
		return nil, err
	}
	checks := c.Checks
	if o.checks != "" {
		checks = o.checks
	}
	chosen, err := selection.Parse(a.checks, checks)
	if err != nil {
		return nil, err
	}
	settings.Use(c, chosen.Every)
	j := &judge{config: c, chosen: chosen, web: a.web, dir: dir}
	if j.web == nil {
		j.web = c.IsWebPackage
	}
	return j, nil
}

// readConfig reads the configuration file, "" for none.
func (a *app) readConfig(file string) (*config.Config, error) {
	if file == "" {
		return new(config.Config), nil
	}
	all, err := selection.Parse(a.checks, "")
	if err != nil {
		return nil, err
	}
	return config.Read(file, all.Lookup)
}

// judge turns what the driver found into what is reported: the chosen rules,
// with those suppressed that comments suppress, and the findings about such
// comments.
func (j *judge) judge(outcome *driver.Outcome, least finding.Severity) []finding.Finding {
	outcome.Problems = slices.DeleteFunc(outcome.Problems, func(p finding.Problem) bool { return j.excluded(p.File) })
	findings := slices.DeleteFunc(outcome.Findings, func(f finding.Finding) bool { return !j.chosen.On(f.ID()) })
	failed := make(map[string]bool)
	for _, p := range outcome.Problems {
		failed[p.Package] = true
	}
	comments := make([]ignore.Comment, 0, len(outcome.Comments))
	for _, c := range outcome.Comments {
		comments = append(comments, ignore.Comment(c))
	}
	about := ignore.Apply(findings, comments, ignore.Run{
		Lookup: j.chosen.Lookup,
		Ran:    func(pkg, name string) bool { return !failed[pkg] && j.chosen.Every(name) },
		URL:    settings.Analyzer.URL + "#" + ignore.Rule,
	})
	if j.chosen.Any(ignore.Check) {
		findings = append(findings, about...)
	}
	for i := range findings {
		f := &findings[i]
		f.Severity = j.config.Severity(f.ID(), f.Severity)
	}
	findings = slices.DeleteFunc(findings, func(f finding.Finding) bool { return f.Severity < least || j.excluded(f.File) })
	finding.Sort(findings)
	return findings
}

func (j *judge) excluded(file string) bool {
	return file != "" && j.config.Excluded(inDirectory(j.dir, file))
}
