package origin_test

import (
	"reflect"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/origin"
)

// steps says how many instructions it took to follow a package.
var steps = &analysis.Analyzer{
	Name:       "steps",
	Doc:        "steps: count the instructions that replays ran",
	Requires:   []*analysis.Analyzer{origin.Analyzer},
	ResultType: reflect.TypeFor[int](),
	Run: func(pass *analysis.Pass) (any, error) {
		return pass.ResultOf[origin.Analyzer].(*origin.Result).Flow.Steps(), nil
	},
}

// TestFollowed wants a function that its own package has followed to be followed again
// where the package that hands it out has changed what it goes by, and only there.
func TestFollowed(t *testing.T) {
	took := map[string]int{}
	for _, result := range fixture.Results(t, steps, "corsorigin/handedon/...") {
		took[result.Action.Package.Name] = result.Result.(int)
	}
	if took["server"] < 1_000 || took["changed"] < 100 {
		t.Errorf("it took %d instructions to follow the server, and %d where it was changed", took["server"], took["changed"])
	}
	if took["asis"] > 20 {
		t.Errorf("it took %d instructions to follow it where it is as it was", took["asis"])
	}
}
