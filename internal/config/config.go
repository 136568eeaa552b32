// Package config reads .soplint.yml, by which a program tells soplint what it
// cannot see in the code: which checks are wanted, how much they matter, what
// is left out, which settings are on only where developers work, and what the
// functions of its own frameworks do.
//
// docs/soplint.schema.json describes the file to editors.
package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/model"
)

// Name is that of the configuration file.
const Name = ".soplint.yml"

// largest is the size in bytes beyond which a file is no configuration.
const largest = 1 << 20

// A Config is what a configuration file says. The zero value is that of an
// empty file.
type Config struct {
	// Checks is the list of checks and rules to run, as -checks takes it.
	Checks string
	// Development names settings, as reports do, that are on only where
	// developers work.
	Development []string
	// Digest identifies the content, in hexadecimal; "" where there is no file.
	Digest string

	dir        string // of the file; exclude is relative to it
	severities map[string]finding.Severity
	exclude    []string
	models     *model.Table // nil: no user models
}

// Read reads the configuration in the file with that name. lookup returns an
// error for a name of a check or check/rule that does not exist. Every mistake
// in the file is one error, of those that are joined; each names its line.
func Read(name string, lookup func(name string) error) (*Config, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	return Parse(filepath.Base(name), filepath.Dir(abs), data, lookup)
}

// Digest returns what identifies the content of the configuration file with
// that name, without looking for mistakes in it.
func Digest(name string) (string, error) {
	data, err := readFile(name)
	return digest(data), err
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func readFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, largest+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	return data, nil
}

// Parse is Read for data that is at hand: the content of a file with that name
// in dir.
func Parse(name, dir string, data []byte, lookup func(name string) error) (*Config, error) {
	if len(data) > largest {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, largest)
	}
	p := &parser{name: name, lookup: lookup, config: &Config{dir: dir, Digest: digest(data)}}
	p.parse(bytes.NewReader(data))
	return p.config, errors.Join(p.errs...)
}

// Find returns the configuration file for code in dir: the one beside the
// nearest go.mod or go.work, or at the root of the repository. It returns ""
// if there is none. Other directories are not looked at, so that whoever can
// write to one above the program does not configure its analysis.
//
// One that is a symbolic link to a file elsewhere is an error: the program would
// choose which file of the user's is read, and messages about mistakes quote it.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	name := find(dir)
	if name == "" {
		return "", nil
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", fmt.Errorf("cannot read the configuration: %w", err)
	}
	home, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err != nil {
		return "", fmt.Errorf("cannot read the configuration: %w", err)
	}
	if inside, err := filepath.Rel(home, real); err != nil || !filepath.IsLocal(inside) {
		return "", fmt.Errorf("%s is a symbolic link to a file elsewhere; name that with -config", name)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return "", fmt.Errorf("cannot read the configuration: %s is no file", name) // a pipe would never end
	}
	return name, nil
}

// find returns "" where there is none.
func find(dir string) string {
	for {
		name := filepath.Join(dir, Name)
		repository := exists(dir, ".git")
		if (repository || exists(dir, "go.work") || exists(dir, "go.mod")) && exists(dir, Name) {
			return name
		}
		parent := filepath.Dir(dir)
		if repository || parent == dir {
			return ""
		}
		dir = parent
	}
}

func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

// Severity returns the severity of findings of the rule with that name,
// check/rule, which is s unless the configuration says otherwise.
func (c *Config) Severity(id string, s finding.Severity) finding.Severity {
	check, _, _ := strings.Cut(id, "/")
	for _, name := range []string{id, check} {
		if configured, ok := c.severities[name]; ok {
			return configured
		}
	}
	return s
}

// Excluded reports whether the file, named by an absolute path, is left out.
func (c *Config) Excluded(file string) bool {
	if len(c.exclude) == 0 {
		return false
	}
	relative, err := filepath.Rel(c.dir, file)
	if err != nil {
		return false
	}
	relative = filepath.ToSlash(relative)
	return slices.ContainsFunc(c.exclude, func(pattern string) bool {
		return doublestar.MatchUnvalidated(pattern, relative) || doublestar.MatchUnvalidated(pattern+"/**", relative)
	})
}

// Models are the built-in models together with those of the configuration.
func (c *Config) Models() *model.Table {
	if c.models == nil {
		return model.Builtin()
	}
	return c.models
}

// IsWebPackage reports whether a package that imports path, directly or not,
// is worth analysing.
func (c *Config) IsWebPackage(path string) bool { return c.Models().Find("web", path) != nil }
