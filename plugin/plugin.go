// Package plugin makes soplint a linter of golangci-lint v2, by its module
// plugin system. Its settings in .golangci.yml are those of [Settings].
//
// golangci-lint knows less of a report than the soplint command: it shows
// related positions as reports of their own, so the path goes into the message,
// and it has no notes, so they are left out unless asked for.
package plugin

import (
	"fmt"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/judge"
	"github.com/soplint/soplint/internal/settings"
)

func init() {
	register.Plugin("soplint", New)
}

// Settings are the linter's settings in .golangci.yml.
type Settings struct {
	// Checks to run, as -checks of the soplint command takes them.
	Checks []string `json:"checks"`
	// Config is the file to read instead of the .soplint.yml that holds for
	// the working directory.
	Config string `json:"config"`
	// Notes asks for findings of severity note, too.
	Notes bool `json:"notes"`
	// Tests asks for findings in test files, too.
	Tests bool `json:"tests"`
}

// New is called by golangci-lint with the settings as it decoded them.
func New(raw any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](raw)
	if err != nil {
		return nil, err
	}
	return &linter{s}, nil
}

type linter struct{ settings Settings }

// GetLoadMode asks for types: soplint's checks are made on SSA form.
func (*linter) GetLoadMode() string { return register.LoadModeTypesInfo }

// BuildAnalyzers returns the analyzers of the chosen checks.
func (l *linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	j, err := judge.New(judge.Options{Checks: analyzers.All(), Chosen: strings.Join(l.settings.Checks, ","), Config: l.settings.Config})
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]bool{"notes": l.settings.Notes, "tests": l.settings.Tests} {
		if err := settings.Analyzer.Flags.Set(name, fmt.Sprint(value)); err != nil {
			return nil, err
		}
	}
	var out []*analysis.Analyzer
	for _, check := range j.Chosen.Enabled() {
		out = append(out, inOneMessage(check.Analyzer))
	}
	return out, nil
}

// inOneMessage returns the analyzer with what is related in the message.
func inOneMessage(a *analysis.Analyzer) *analysis.Analyzer {
	wrapped := *a
	wrapped.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) {
			d.Message += path(pass, d.Related)
			d.Related = nil
			pass.Report(d)
		}
		return a.Run(&inner)
	}
	return &wrapped
}

// path says where the steps to a finding are: by their lines, with the file
// where it is another one.
func path(pass *analysis.Pass, related []analysis.RelatedInformation) string {
	if len(related) == 0 {
		return ""
	}
	steps := make([]string, len(related))
	for i, step := range related {
		at := pass.Fset.Position(step.Pos)
		name := at.Filename[strings.LastIndexAny(at.Filename, `/\`)+1:]
		steps[i] = fmt.Sprintf("%s:%d %s", name, at.Line, step.Message)
	}
	return " (" + strings.Join(steps, "; ") + ")"
}
