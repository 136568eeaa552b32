package corscredentials_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/passes/corscredentials"
	"github.com/soplint/soplint/passes/corsorigin"
)

// both runs corsorigin and corscredentials, which share the configurations of
// libraries between them: what lets every origin in with credentials is for the
// one, all the rest for the other.
var both = &analysis.Analyzer{
	Name:       "cors",
	Doc:        "cors: corsorigin and corscredentials",
	URL:        rule.URL("cors"),
	Requires:   corscredentials.Analyzer.Requires,
	ResultType: rule.ResultType,
	Run: func(pass *analysis.Pass) (any, error) {
		if _, err := corsorigin.Analyzer.Run(pass); err != nil {
			return nil, err
		}
		return corscredentials.Analyzer.Run(pass)
	},
}

func TestConfigurations(t *testing.T) {
	fixture.Run(t, both, "corsconfig/...")
}
