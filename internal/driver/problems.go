package driver

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/finding"
)

// paths names files the way findings do: relative to the working directory,
// with forward slashes.
type paths struct{ dir string }

func (p paths) relative(file string) string {
	if file == "" {
		return ""
	}
	if !filepath.IsAbs(file) {
		file = filepath.Join(p.dir, file)
	}
	if short, err := filepath.Rel(p.dir, file); err == nil {
		file = short
	}
	return filepath.ToSlash(file)
}

// because is the message of a problem: why the package was left out, and what
// the first error was.
func because(why, first string, more int) string {
	text := why + ": " + firstLine(first)
	if more == 1 {
		return text + " (and 1 more error)"
	}
	if more > 1 {
		return fmt.Sprintf("%s (and %d more errors)", text, more)
	}
	return text
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}

// loadProblems are those that the go command names: patterns that match
// nothing, and packages that it cannot load. What does not compile is not
// among them: the driver's own type checker says better why.
func loadProblems(p *program, patterns []string, where paths) []finding.Problem {
	problems := p.problems
	if p.failure != nil {
		problems = append(problems, finding.Problem{Message: adviseOn(p.failure.Error())})
	}
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	matched := make(map[string]bool)
	for _, pkg := range p.packages {
		for _, pattern := range pkg.Match {
			matched[cleanPattern(pattern)] = true
		}
		if problem, ok := listProblem(pkg, where); ok {
			problems = append(problems, problem)
		}
	}
	for _, pattern := range patterns {
		// Names of files are gathered in a package of their own.
		if p.failure == nil && !matched[cleanPattern(pattern)] && !strings.HasSuffix(pattern, ".go") {
			problems = append(problems, finding.Problem{Message: unmatched(pattern)})
		}
	}
	return problems
}

// cleanPattern undoes differences in writing that the go command makes light
// of, too.
func cleanPattern(pattern string) string { return path.Clean(filepath.ToSlash(pattern)) }

func unmatched(pattern string) string {
	return fmt.Sprintf("pattern %s matches no package with Go files for this platform and these build tags; "+
		"name a directory with Go code or use -C, -tags", pattern)
}

// listProblem reports whether the go command could not load a package that a
// pattern matches.
func listProblem(pkg *listed, where paths) (finding.Problem, bool) {
	problem := finding.Problem{Package: pkg.path()}
	if pkg.Error == nil || pkg.DepOnly || strings.HasPrefix(pkg.Error.Err, "# ") {
		return problem, false
	}
	text := strings.TrimSpace(pkg.Error.Err)
	if nothingToAnalyse(text) {
		if slices.ContainsFunc(pkg.Match, isWildcard) {
			return problem, false // the pattern asks for what there is
		}
		text += "; name a directory with Go code, or set -tags, -tests, GOOS or GOARCH"
	}
	problem.File, problem.Line = splitPosition(pkg.Error.Pos, where)
	if strings.HasPrefix(text, "pattern ") {
		problem.Package = "" // it is that pattern
	}
	problem.Message = adviseOn(text)
	return problem, true
}

// nothingToAnalyse reports whether an error of the go command only says that
// no file of a package is for this platform, these tags, or outside tests.
func nothingToAnalyse(text string) bool {
	return strings.HasPrefix(text, "no Go files in ") ||
		strings.HasPrefix(text, "no non-test Go files in ") ||
		strings.Contains(text, "build constraints exclude all Go files")
}

func isWildcard(pattern string) bool {
	return strings.Contains(pattern, "...") || pattern == "all" || pattern == "std" || pattern == "cmd"
}

// splitPosition reads file:line:column as the go command writes it.
func splitPosition(pos string, where paths) (file string, line int) {
	parts := strings.Split(pos, ":")
	for len(parts) > 1 {
		n, err := strconv.Atoi(parts[len(parts)-1])
		if err != nil {
			break
		}
		line = n
		parts = parts[:len(parts)-1]
	}
	return where.relative(strings.Join(parts, ":")), line
}

// advice pairs what the go command complains of with what mends it.
var advice = []struct{ complaint, mend string }{
	{"missing go.sum entry", "run go mod tidy"},
	{"checksum mismatch", "run go clean -modcache, or find out who changed the module"},
	{"updates to go.mod needed", "run go mod tidy"},
	{"no required module provides package", "run go mod tidy, or go get the package"},
	{"cannot find module providing package", "run go mod tidy, or check the path and GOPROXY"},
	{"module lookup disabled by GOPROXY=off", "allow downloads, or run go mod download first"},
	{"inconsistent vendoring", "run go mod vendor"},
	{"is not in std", "check the import path and the Go version"},
	{"go.mod file not found", "run in a module, or name its directory with -C"},
	{"does not contain main module", "run in a module, or name its directory with -C"},
	{"unsupported GOOS/GOARCH pair", "go tool dist list names those that there are"},
	{"directory not found", "check the path"},
	{"no such file or directory", "check the path"},
	{"permission denied", "make it readable, or name other packages"},
	{"does not contain modules listed in go.work", "run go work use"},
	{"but go.work lists go", "run go work use"},
	{"current directory is contained in a module that is not one of the workspace modules", "run go work use . or set GOWORK=off"},
	{"package requires newer Go version", "rebuild soplint with that version of Go"},
	{"requires go >=", "install that version of Go, or set GOTOOLCHAIN=auto"},
}

// adviseOn makes one line of what the go command says: its first sentence, and
// what to do.
func adviseOn(text string) string {
	line := strings.TrimPrefix(firstLine(text), "go: ")
	if before, _, found := strings.Cut(line, "; to add"); found {
		line = before
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "; see 'go help modules'"), ":")
	for _, a := range advice {
		if strings.Contains(text, a.complaint) {
			return line + "; " + a.mend
		}
	}
	return line
}

// sortProblems orders problems and drops repetitions: a package and its test
// variants fail alike.
func sortProblems(problems []finding.Problem) []finding.Problem {
	sort.Slice(problems, func(i, j int) bool {
		a, b := &problems[i], &problems[j]
		switch {
		case a.File != b.File:
			return a.File < b.File
		case a.Line != b.Line:
			return a.Line < b.Line
		case a.Package != b.Package:
			return a.Package < b.Package
		}
		return a.Message < b.Message
	})
	return slices.CompactFunc(problems, func(a, b finding.Problem) bool { return a == b })
}
