package driver

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/finding"
)

// aroundUnreadable loads again where a directory below a pattern may not be
// read: the go command gives the whole pattern up then. The directories that
// can be read are named one by one instead.
func (p *program) aroundUnreadable(ctx context.Context, g goCommand, patterns []string) {
	given := make(map[string]string) // pattern of the user's, by what stands for it
	var named []string
	for _, pattern := range patterns {
		if !p.unreadable(pattern) {
			named = append(named, pattern)
			continue
		}
		directories, closed := packageDirectories(g.dir, pattern)
		for _, directory := range directories {
			given[directory] = pattern
			named = append(named, directory)
		}
		for _, directory := range closed {
			p.problems = append(p.problems, finding.Problem{Message: "cannot read directory " + directory +
				", so nothing in it is analysed; make it readable, or name other packages"})
		}
	}
	if len(given) == 0 {
		return
	}
	packages, failure := g.list(ctx, named, p.flags...)
	if failure != nil && len(packages) == 0 {
		return // the first answer says more
	}
	p.packages, p.failure = packages, failure
	for _, pkg := range packages {
		for i, match := range pkg.Match {
			if pattern, ok := given[match]; ok {
				pkg.Match[i] = pattern
			}
		}
	}
}

// unreadable reports whether the go command gave up pattern, one of
// directories, because it may not read one of them.
func (p *program) unreadable(pattern string) bool {
	if base, wildcard := strings.CutSuffix(pattern, "/..."); !wildcard || !strings.HasPrefix(base, ".") {
		return false
	}
	return slices.ContainsFunc(p.packages, func(pkg *listed) bool {
		return pkg.Error != nil && strings.HasPrefix(pkg.Error.Err, "pattern "+pattern+": ") &&
			strings.Contains(pkg.Error.Err, "permission denied")
	})
}

// packageDirectories finds what pattern, which ends in "/...", stands for: the
// directories with Go files, as patterns for the go command, and those that
// may not be read.
func packageDirectories(dir, pattern string) (directories, closed []string) {
	root := filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(pattern, "...")))
	withGo := make(map[string]bool)
	where := paths{dir: dir}
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrPermission):
			closed = append(closed, where.relative(path))
			return fs.SkipDir
		case err != nil:
			return nil
		case entry.IsDir() && path != root && leftOut(path):
			return fs.SkipDir
		case !entry.IsDir() && strings.HasSuffix(path, ".go"):
			withGo[filepath.Dir(path)] = true
		}
		return nil
	})
	for path := range withGo {
		name := where.relative(path)
		if !strings.HasPrefix(name, ".") {
			name = "./" + name
		}
		directories = append(directories, name)
	}
	slices.Sort(directories)
	return directories, closed
}

// leftOut reports whether wildcards of the go command do not go into path.
func leftOut(path string) bool {
	name := filepath.Base(path)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "vendor" {
		return true
	}
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil // another module
}
