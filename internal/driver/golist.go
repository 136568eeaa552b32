package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// A listed is what "go list" says about one package: the fields that the
// driver reads, under the names of the go command.
type listed struct {
	ImportPath string // with " [p.test]" behind it for variants built for a test
	Name       string
	Dir        string
	Export     string // file with the export data; empty if it does not compile
	ForTest    string
	Match      []string // the patterns that match it
	DepOnly    bool     // matches no pattern: listed as a dependency
	Standard   bool
	Module     *listedModule
	Error      *listedError

	GoFiles, CgoFiles, CompiledGoFiles []string
	IgnoredGoFiles, IgnoredOtherFiles  []string
	CFiles, CXXFiles, MFiles, HFiles   []string
	FFiles, SFiles, SwigFiles          []string
	SwigCXXFiles, SysoFiles            []string

	Imports   []string
	ImportMap map[string]string // only the imports that mean another package
}

type listedModule struct {
	Path, Version, Dir, GoVersion string
	Main                          bool
}

type listedError struct {
	ImportStack []string
	Pos         string
	Err         string
}

// These ask the go command for the fields of listed and no others: some of
// those that it could give are costly. EmbedFiles is asked for though nothing
// reads it: without it, or -export, the go command does not say which patterns
// of go:embed match nothing (pkgOpts.SuppressEmbedFiles in cmd/go/internal/list).
const (
	listFields = "ImportPath,Name,Dir,ForTest,Match,DepOnly,Standard,Module,Error," +
		"GoFiles,CgoFiles,IgnoredGoFiles,IgnoredOtherFiles," +
		"CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles,EmbedFiles,Imports,ImportMap"
	builtFields = "ImportPath,Export,CompiledGoFiles,Error"
)

// path is the import path without the mark of a test variant.
func (p *listed) path() string {
	path, _, _ := strings.Cut(p.ImportPath, " ")
	return path
}

// isTestMain reports whether p is the main package that "go test" writes. Where
// it was not built its file is one of the build cache, without an extension.
func (p *listed) isTestMain() bool {
	if p.Name != "main" || !strings.HasSuffix(p.ImportPath, ".test") || len(p.GoFiles) != 1 {
		return false
	}
	file := filepath.Base(p.GoFiles[0])
	return file == "_testmain.go" || filepath.Ext(file) == ""
}

// parsedFiles are the files that make up the package after cgo.
func (p *listed) parsedFiles() []string {
	files := p.CompiledGoFiles
	if len(files) == 0 { // what does not build is not compiled
		files = p.GoFiles
	}
	var out []string
	for _, file := range files {
		// The go command lists assembly and C files here, too; a name without
		// an extension is a file of the build cache that cgo wrote.
		if ext := filepath.Ext(file); ext == ".go" || ext == "" {
			out = append(out, p.absolute(file))
		}
	}
	return out
}

func (p *listed) absolute(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(p.Dir, file)
}

func (p *listed) absoluteAll(lists ...[]string) []string {
	var out []string
	for _, list := range lists {
		for _, file := range list {
			out = append(out, p.absolute(file))
		}
	}
	return out
}

func (p *listed) otherFiles() []string {
	return p.absoluteAll(p.CFiles, p.CXXFiles, p.MFiles, p.HFiles, p.FFiles, p.SFiles,
		p.SwigFiles, p.SwigCXXFiles, p.SysoFiles)
}

func (p *listed) ignoredFiles() []string {
	return p.absoluteAll(p.IgnoredGoFiles, p.IgnoredOtherFiles)
}

// A goCommand runs the go command, the only program that the driver executes.
type goCommand struct {
	dir   string
	env   []string
	tags  string
	tests bool

	overlay string // directory of an overlay, "" for none
	plain   bool   // ask for nothing that has to be built
}

func (g goCommand) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = g.dir
	env := g.env
	if env == nil {
		env = os.Environ()
	}
	// With PWD the go command names directories the way the user does, also
	// where one of them is a symbolic link.
	cmd.Env = append(env[:len(env):len(env)], "PWD="+g.dir)
	return cmd
}

// A goEnv holds the settings of the go command that the driver needs.
type goEnv struct {
	GOARCH, GOFLAGS, GOMOD, GOWORK, GOVERSION, GOMODCACHE, GOROOT string

	// What else the types of packages depend on, by way of cgo or otherwise.
	GOOS, GOEXPERIMENT, CGO_ENABLED, CC, CGO_CFLAGS, CGO_CPPFLAGS string
}

func (g goCommand) environment(ctx context.Context) (goEnv, error) {
	var env goEnv
	args := []string{"env", "-json"}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[goEnv]()) {
		args = append(args, field.Name)
	}
	out, err := g.command(ctx, args...).Output()
	if err != nil {
		return env, commandError(err, nil)
	}
	return env, json.Unmarshal(out, &env)
}

// list asks for the packages that match patterns and for all that they need.
// The packages it could read are returned even if there is an error.
func (g goCommand) list(ctx context.Context, patterns []string, extra ...string) ([]*listed, error) {
	flags := append([]string{"-deps", fmt.Sprintf("-test=%t", g.tests)}, extra...)
	if g.plain {
		return g.runList(ctx, patterns, append(flags, "-json="+listFields)...)
	}
	return g.runList(ctx, patterns, append(flags, "-export", "-compiled", "-json="+listFields+","+builtFields)...)
}

// build asks for what has to be built for the packages with those import
// paths: their export data, and what cgo makes of their files.
func (g goCommand) build(ctx context.Context, paths []string) ([]*listed, error) {
	return g.runList(ctx, paths, "-export", "-compiled", "-json="+builtFields)
}

func (g goCommand) runList(ctx context.Context, patterns []string, flags ...string) ([]*listed, error) {
	args := append([]string{"list", "-e", "-buildvcs=false", "-pgo=off"}, flags...)
	if g.tags != "" {
		args = append(args, "-tags="+g.tags)
	}
	if g.overlay != "" {
		args = append(args, "-overlay="+filepath.Join(g.overlay, overlayList))
	}
	args = append(append(args, "--"), patterns...)
	cmd := g.command(ctx, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, commandError(err, nil)
	}
	packages, decodeErr := decodeListed(stdout)
	if _, err := io.Copy(io.Discard, stdout); decodeErr == nil {
		decodeErr = err
	}
	if err := cmd.Wait(); err != nil {
		return packages, commandError(err, stderr.Bytes())
	}
	return packages, decodeErr
}

// decodeListed reads packages in the order of the go command: dependencies
// first. A package that cannot be imported as it was (a command, an internal
// package) is listed a second time with that error; the good one counts.
func decodeListed(r io.Reader) ([]*listed, error) {
	var packages []*listed
	index := make(map[string]int)
	decoder := json.NewDecoder(r)
	for {
		p := new(listed)
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return packages, fmt.Errorf("cannot read the answer of go list: %w", err)
		}
		i, found := index[p.ImportPath]
		switch {
		case !found:
			index[p.ImportPath] = len(packages)
			packages = append(packages, p)
		case packages[i].Error != nil && p.Error == nil:
			packages[i] = p
		}
	}
}

// commandError makes one clear error out of a failed go command.
func commandError(err error, stderr []byte) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("cannot run the go command; install Go and add it to PATH")
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if len(stderr) == 0 {
			stderr = exit.Stderr
		}
		if text := failureText(string(stderr)); text != "" {
			return errors.New(text)
		}
	}
	return fmt.Errorf("go command: %w", err)
}

// progress begins the lines by which the go command says what it is about to do, which
// depend on what has been downloaded before, and come in any order.
var progress = []string{
	"finding ", "downloading ", "extracting ", "found ", "added ", "upgraded ", "trying ", "toolchain upgrade needed",
}

// failureText leaves out what the go command says while it works, unless it says
// nothing else.
func failureText(stderr string) string {
	var complaints, all []string
	for line := range strings.Lines(stderr) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		text, isSaid := strings.CutPrefix(line, "go: ")
		all = append(all, text)
		if !isSaid || !slices.ContainsFunc(progress, func(p string) bool { return strings.HasPrefix(text, p) }) {
			complaints = append(complaints, text)
		}
	}
	if len(complaints) == 0 && len(all) > 0 {
		return all[len(all)-1]
	}
	return strings.Join(complaints, "\n")
}
