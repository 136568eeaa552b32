package served

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/page"
)

// Bounds of what is read. Beyond them files are left out, the last by name first.
const (
	maxSize  = 512 << 10 // bytes of a file
	maxFiles = 1000      // of a package

	maxSource = 32 << 20 // bytes of a Go file that is looked through for what it embeds; the driver reads no larger one
)

// htmlNames and scriptNames are the extensions of what is read.
var (
	htmlNames   = []string{".html", ".htm", ".gohtml", ".tmpl", ".tpl"}
	scriptNames = []string{".js", ".mjs"}
)

// foreign are the folders in which programs keep what others wrote.
var foreign = []string{"vendor", "vendors", "node_modules", "bower_components", "third_party", "third-party", "thirdparty", "external", "testdata"}

func read(name string, content []byte) *page.Page {
	if slices.Contains(scriptNames, filepath.Ext(name)) {
		return page.ReadScript(content)
	}
	return page.ReadHTML(content)
}

// isPage reports whether a file is of a kind that is read, by its name.
func isPage(name string) bool {
	ext := filepath.Ext(name)
	return slices.Contains(htmlNames, ext) || slices.Contains(scriptNames, ext) && !isRelease(filepath.Base(name))
}

// isRelease reports whether a script's name is that of a library's release:
// jquery-3.7.1.js, app.min.js.
func isRelease(base string) bool {
	if strings.Contains(base, ".min.") || strings.Contains(base, "-min.") || strings.Contains(base, "bundle") {
		return true
	}
	for i := range len(base) - 2 {
		if isDigit(base[i]) && base[i+1] == '.' && isDigit(base[i+2]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// readable returns the content of a file, nil where it cannot be read, is too
// large, or was not written by the program's authors as it stands.
func readable(name string) []byte {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 || info.Size() > maxSize {
		return nil
	}
	content, err := os.ReadFile(name)
	if err != nil || bytes.IndexByte(content, 0) >= 0 {
		return nil
	}
	if slices.Contains(scriptNames, filepath.Ext(name)) && isMade(content) {
		return nil
	}
	return content
}

const (
	headSize    = 400  // bytes in which libraries say what they are
	longestLine = 1000 // bytes; nobody writes longer lines by hand
)

// isMade reports whether a script is minified, bundled, or a library with its
// licence at the top.
func isMade(content []byte) bool {
	head := content[:min(headSize, len(content))]
	for _, mark := range []string{"/*!", "@license", "@preserve", "webpackBootstrap", "DO NOT EDIT"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	for line := range bytes.Lines(content) {
		if len(line) > longestLine {
			return true
		}
	}
	return false
}

// place notes the package's folder and finds the module's.
func (s *search) place(folder string) {
	s.folder = folder
	for at := s.folder; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			s.root = at
			break
		}
		if filepath.Dir(at) == at {
			return
		}
	}
	if real, err := filepath.EvalSymlinks(s.root); err == nil {
		s.realRoot = real
	}
}

// locate returns where a path that the program names is: absolute ones nowhere,
// others from the module's folder, in which programs are mostly started, or from
// the package's.
func (s *search) locate(path string) string {
	if filepath.IsAbs(path) || path == "" {
		return ""
	}
	for _, base := range []string{s.root, s.folder} {
		full := filepath.Join(base, filepath.FromSlash(path))
		if matches, err := filepath.Glob(full); err == nil && len(matches) > 0 && s.inside(matches[0]) {
			return full
		}
	}
	return ""
}

// inside reports whether a file is one of the module, links followed.
func (s *search) inside(name string) bool {
	real, err := filepath.EvalSymlinks(name)
	return err == nil && (real == s.realRoot || strings.HasPrefix(real, s.realRoot+string(filepath.Separator)))
}

// add notes the files that a pattern matches, folders with all that is in them.
func (s *search) add(pattern string) {
	if pattern == "" || pattern == s.root {
		return // a whole module is no folder of pages
	}
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return
	}
	for _, name := range matches {
		// What cannot be read is not served either.
		_ = filepath.WalkDir(name, func(at string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil || len(s.files) >= maxFiles:
				return filepath.SkipAll
			case entry.IsDir() && at != name && (strings.HasPrefix(entry.Name(), ".") || slices.Contains(foreign, entry.Name())):
				return filepath.SkipDir
			case !entry.IsDir() && isPage(at) && !s.isForeign(at) && s.inside(at):
				s.files[at] = true
			}
			return nil
		})
	}
}

// isForeign reports whether a file is in a folder of what others wrote.
func (s *search) isForeign(name string) bool {
	relative, err := filepath.Rel(s.root, name)
	if err != nil {
		return true
	}
	return slices.ContainsFunc(strings.Split(filepath.ToSlash(relative), "/"), func(part string) bool {
		return slices.Contains(foreign, part)
	})
}
