package cli

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/soplint/soplint/internal/config"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/vetunit"
)

// isVetCall reports whether the go command calls: for the version that goes
// into its cache keys, for the flags that it may pass on, or to analyse one
// package.
func isVetCall(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return asksVersion(args) || args[0] == "-flags" || args[0] == "--flags" || isUnit(args)
}

func asksVersion(args []string) bool {
	return slices.Contains(args, "-V=full") || slices.Contains(args, "--V=full")
}

func isUnit(args []string) bool { return strings.HasSuffix(args[len(args)-1], ".cfg") }

// vet answers the go command. For a package that is to be analysed it ends the
// process.
func (a *app) vet(args []string) (int, error) {
	if asksVersion(args) {
		return exitClean, a.toolVersion()
	}
	if isUnit(args) {
		done, err := a.prepareUnit(args[len(args)-1])
		if done || err != nil {
			return exitClean, err
		}
	}
	all := []*analysis.Analyzer{settings.Analyzer} // for its flags
	for _, c := range a.checks {
		all = append(all, c.Analyzer)
	}
	unitchecker.Main(all...)
	return 0, errors.New("unitchecker returned")
}

// prepareUnit answers for a package that is not to be analysed, and gives
// unitchecker what it needs for one that is.
func (a *app) prepareUnit(name string) (done bool, err error) {
	judged, err := a.newJudge(new(options))
	if err != nil {
		return false, err // a mistake in the configuration
	}
	unit, err := vetunit.Read(name)
	if err != nil {
		return false, err
	}
	if done, err := unit.Skip(a.webPackage(judged)); done || err != nil {
		return done, err
	}
	os.Args[len(os.Args)-1], err = unit.Complete()
	return false, err
}

// toolVersion prints what the go command makes part of its cache keys: results
// of another soplint, or under another configuration, are not used again. The
// go command asks in the directory that it was called in.
func (a *app) toolVersion() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.Open(self)
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	name, err := config.Find(".")
	if err != nil {
		return err
	}
	if name != "" {
		digest, err := config.Digest(name)
		if err != nil {
			return err
		}
		io.WriteString(sum, digest)
	}
	_, err = fmt.Fprintf(a.stdout, "soplint version devel buildID=%x\n", sum.Sum(nil))
	return err
}
