// Package settings carries the options of a run to every pass.
//
// Its Analyzer reports nothing: passes that need a setting require it, so one
// set of flags serves them all, under every driver.
package settings

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/config"
)

// Settings are the options of a run.
type Settings struct {
	// Notes lets findings of severity note become diagnostics. The soplint
	// command shows notes by itself; under go vet, where every diagnostic
	// fails the build, they are off unless asked for.
	Notes bool
	// Tests lets findings in test files become diagnostics.
	Tests bool
	// Config is the configuration file, never nil.
	Config *config.Config
	// Wanted reports whether the rule with that name, check/rule, is chosen,
	// or all rules of the check.
	Wanted func(id string) bool
}

var current = Settings{Config: new(config.Config), Wanted: everything}

func everything(string) bool { return true }

// Use sets the configuration for the passes that run from now on, and which
// rules it chooses. Passes that run at the same time have the same settings.
func Use(c *config.Config, wanted func(id string) bool) {
	current.Config, current.Wanted = c, wanted
}

// Analyzer gives passes the settings as its result, a *Settings.
var Analyzer = &analysis.Analyzer{
	Name:       "soplint",
	Doc:        "soplint: options shared by all checks of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	ResultType: reflect.TypeFor[*Settings](),
}

// run does not ask whether the package reaches a web package: where that
// matters, the driver runs no analyzer on others.
func run(pass *analysis.Pass) (any, error) {
	return &current, nil
}

func init() {
	Analyzer.Flags.BoolVar(&current.Notes, "notes", false, "also report findings of severity note")
	Analyzer.Flags.BoolVar(&current.Tests, "tests", false, "also report findings in test files")
}
