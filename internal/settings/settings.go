// Package settings carries the options of a run to every pass.
//
// Its Analyzer reports nothing: passes that need a setting require it, so one
// set of flags serves them all, under every driver.
package settings

import (
	"reflect"

	"golang.org/x/tools/go/analysis"
)

// Settings are the options of a run.
type Settings struct {
	// Notes lets findings of severity note become diagnostics. The soplint
	// command shows notes by itself; under go vet, where every diagnostic
	// fails the build, they are off unless asked for.
	Notes bool
}

var current Settings

// Analyzer gives passes the settings as its result, a *Settings.
var Analyzer = &analysis.Analyzer{
	Name:       "soplint",
	Doc:        "soplint: options shared by all checks of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        func(*analysis.Pass) (any, error) { return &current, nil },
	ResultType: reflect.TypeFor[*Settings](),
}

func init() {
	Analyzer.Flags.BoolVar(&current.Notes, "notes", false, "also report findings of severity note")
}
