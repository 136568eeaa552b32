package cli

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/soplint/soplint/internal/settings"
)

// isVetCall reports whether the go command calls: for the version that goes
// into its cache keys, for the flags that it may pass on, or to analyse one
// package.
func isVetCall(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return slices.Contains(args, "-V=full") || slices.Contains(args, "--V=full") ||
		args[0] == "-flags" || args[0] == "--flags" ||
		strings.HasSuffix(args[len(args)-1], ".cfg")
}

// vet answers the go command. It reads the arguments of the process by itself,
// and ends it.
func (a *app) vet() int {
	all := []*analysis.Analyzer{settings.Analyzer} // for its flags
	for _, c := range a.checks {
		all = append(all, c.Analyzer)
	}
	unitchecker.Main(all...)
	return exitProblems
}
