package cli

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/ssax"
)

// A unit is the part of what the go command says about a package to vet that
// decides whether there is anything to do. The names are those of the go
// command.
type unit struct {
	ImportPath    string
	ModulePath    string
	ModuleVersion string
	VetxOnly      bool // only facts are wanted
	VetxOutput    string
	Stdout        string
	ImportMap     map[string]string // the imports, and what they mean
	PackageVetx   map[string]string // the files with the facts of the imports
}

func readUnit(file string) (*unit, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	u := new(unit)
	if err := json.Unmarshal(data, u); err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", file, err)
	}
	return u, nil
}

// reachesWeb reports whether the package is, or imports, one for which web is
// true, directly or not. Packages that were analysed or vouched for have facts.
func (u *unit) reachesWeb(web func(path string) bool) bool {
	path, _, _ := strings.Cut(u.ImportPath, " ") // without the mark of test variants
	if web(path) {
		return true
	}
	for _, imported := range u.ImportMap {
		if web(imported) {
			return true
		}
	}
	for _, file := range u.PackageVetx {
		if info, err := os.Stat(file); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}

// isDependency reports whether the package is not of the user's: of the
// standard library, or of a module that is used in some version. Nothing is
// reported in those, and what they do is what the models say, as in soplint's
// own driver.
func (u *unit) isDependency() bool {
	if u.ModulePath != "" {
		return u.VetxOnly && u.ModuleVersion != ""
	}
	return u.VetxOnly && ssax.IsStandard(u.ImportPath)
}

// A vetFact has the shape in which unitchecker writes facts.
type vetFact struct {
	PkgPath string
	Object  string
	Fact    analysis.Fact
}

// answer ends the work on the package without reading any of it. Its facts say
// whether it reaches a web package.
func (u *unit) answer(web bool) error {
	var facts bytes.Buffer
	if web {
		fact := new(settings.ReachesWeb)
		gob.Register(fact)
		if err := gob.NewEncoder(&facts).Encode([]vetFact{{PkgPath: u.ImportPath, Fact: fact}}); err != nil {
			return err
		}
	}
	if u.Stdout != "" {
		if err := os.WriteFile(u.Stdout, nil, 0o666); err != nil {
			return err
		}
	}
	return os.WriteFile(u.VetxOutput, facts.Bytes(), 0o666)
}
