// Package vetunit decides what of the packages that "go vet" hands to its tool is
// worth reading.
//
// The go command has the tool answer for every package of a program and of all its
// dependencies, each in a process of its own, with a file that the packages which
// import it are given: the types of the package, and facts about it (package
// unitchecker of golang.org/x/tools). To type-check a package for that is most of
// the work, and for nothing where no check is to run on it. What its dependents
// need is in what the compiler wrote about it, to which the go command names them
// the way. So for a package that is not analysed the answer is a note only, before
// its source is read; and for one that is, the notes about its imports are replaced
// by their types.
package vetunit

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Unit is a package that the go command wants an answer about.
type Unit struct {
	config map[string]json.RawMessage // all that the go command says
	said   said
}

// said is what of it matters here.
type said struct {
	ImportPath    string
	GoFiles       []string
	ModulePath    string // before Go 1.27
	ModuleVersion string // before Go 1.27
	Module        *struct{ Main bool }
	ImportMap     map[string]string
	PackageFile   map[string]string // what the compiler wrote about imports
	PackageVetx   map[string]string // what the tool wrote about them
	VetxOnly      bool              // findings are not wanted
	VetxOutput    string
}

// Read reads what the go command says of a package.
func Read(name string) (*Unit, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	u := &Unit{}
	if err := json.Unmarshal(data, &u.config); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := json.Unmarshal(data, &u.said); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return u, nil
}

// Skip answers for a package that is not to be analysed, and reports whether it is
// one: of the main modules are analysed those packages that are web packages, or
// import one, directly or not.
func (u *Unit) Skip(web func(path string) bool) (bool, error) {
	if u.isVariant() || !u.isCompiled() {
		return false, nil
	}
	reaches, err := u.reaches(web)
	if err != nil || reaches && u.isMain() {
		return false, err
	}
	about := note{reaches: reaches}
	if len(u.said.PackageFile) == 0 {
		types, err := u.typesOfLeaf()
		if err != nil {
			return false, nil // what the compiler takes and the type checker does not is left to who reports it
		}
		about.types = types
	}
	return true, about.write(u.said.VetxOutput)
}

// reaches reports whether the package is a web package or reaches one.
func (u *Unit) reaches(web func(path string) bool) (bool, error) {
	if web(u.said.ImportPath) {
		return true, nil
	}
	for path, name := range u.said.PackageVetx {
		about, err := readNote(name)
		if err != nil {
			return false, err
		}
		if about.reaches || web(path) {
			return true, nil
		}
	}
	return false, nil
}

// isVariant reports whether the package is compiled once more for a test. The
// compiler calls such packages by the names of those that they stand for.
func (u *Unit) isVariant() bool { return strings.Contains(u.said.ImportPath, " [") }

// isCompiled reports whether the compiler has written about all imports, of those
// that are packages of Go with files.
func (u *Unit) isCompiled() bool {
	for _, path := range u.said.ImportMap {
		if path != "unsafe" && path != "C" && u.said.PackageFile[path] == "" {
			return false
		}
	}
	return true
}

// isMain reports whether findings are wanted in the package, or it is of a main
// module. Of dependencies soplint reads no source, here as elsewhere.
func (u *Unit) isMain() bool {
	s := &u.said
	return !s.VetxOnly || s.Module != nil && s.Module.Main || s.ModulePath != "" && s.ModuleVersion == ""
}

// Complete returns the name of a file that says the same as the one that was read,
// with the types of all imports.
func (u *Unit) Complete() (string, error) {
	folder := filepath.Join(filepath.Dir(u.said.VetxOutput), "soplint")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", err
	}
	for i, path := range slices.Sorted(maps.Keys(u.said.PackageVetx)) {
		about, err := readNote(u.said.PackageVetx[path])
		if err != nil {
			return "", err
		}
		if len(about.types) > 0 {
			continue
		}
		if about.types, err = compiledTypes(path, u.said.PackageFile[path]); err != nil {
			return "", err
		}
		name := filepath.Join(folder, fmt.Sprintf("%d.vetx", i))
		u.said.PackageVetx[path] = name
		if err := about.write(name); err != nil {
			return "", err
		}
	}
	return u.writeConfig(folder)
}

func (u *Unit) writeConfig(folder string) (string, error) {
	vetx, err := json.Marshal(u.said.PackageVetx)
	if err != nil {
		return "", err
	}
	u.config["PackageVetx"] = vetx
	data, err := json.Marshal(u.config)
	if err != nil {
		return "", err
	}
	name := filepath.Join(folder, "vet.cfg")
	return name, os.WriteFile(name, data, 0o666)
}
