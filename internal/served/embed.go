package served

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
	"weak"
)

// patternsOf returns the patterns of go:embed in a file.
func patternsOf(file *ast.File) []string {
	var found []string
	for _, group := range file.Comments {
		for _, comment := range group.List {
			patterns, _ := strings.CutPrefix(comment.Text, embedDirective)
			if len(patterns) == len(comment.Text) {
				continue
			}
			for _, pattern := range strings.Fields(patterns) {
				found = append(found, strings.TrimPrefix(strings.Trim(pattern, "\"`"), "all:"))
			}
		}
	}
	return found
}

// embedsOf returns the patterns of go:embed in the Go files of a folder.
func (s *search) embedsOf(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var found []string
	for _, entry := range entries {
		name := entry.Name()
		if filepath.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			found = append(found, embedsIn(filepath.Join(folder, name), &s.scratch)...)
		}
	}
	return found
}

// embedsBy has what embedsOf found, by weak pointers to packages: a package has many
// importers in a run, all of which ask. In another run it is another package.
var embedsBy sync.Map

// embeds returns the patterns of go:embed in the folder of an imported package.
func (s *search) embeds(folder string) []string {
	pkg := s.packages[folder]
	if pkg == nil {
		return s.embedsSeen(folder)
	}
	key := weak.Make(pkg)
	if known, ok := embedsBy.Load(key); ok {
		return known.([]string)
	}
	found := s.embedsOf(folder)
	if _, loaded := embedsBy.LoadOrStore(key, found); !loaded {
		runtime.AddCleanup(pkg, func(key weak.Pointer[types.Package]) { embedsBy.Delete(key) }, key)
	}
	return found
}

// seenFolder is the key of what embedsOf found in a folder.
type seenFolder string

// embedsSeen returns the patterns of go:embed in a folder, which many packages ask
// about.
func (s *search) embedsSeen(folder string) []string {
	found, ok := s.seen.Load(seenFolder(folder))
	if !ok {
		found = s.embedsOf(folder)
		s.seen.Store(seenFolder(folder), found)
	}
	return found.([]string)
}

// A version is a Go file with what its patterns were read at: most files are the same
// in the next run of an editor's server.
type version struct {
	size     int64
	modified time.Time
	patterns []string
}

var versions sync.Map // of *version, by the file's name

// embedsIn returns the patterns in a Go file, which it reads into scratch if it has to.
func embedsIn(name string, scratch *bytes.Buffer) []string {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSource { // a link may lead to a device, which has no end
		return nil
	}
	if known, ok := versions.Load(name); ok {
		if v := known.(*version); v.size == info.Size() && v.modified.Equal(info.ModTime()) {
			return v.patterns
		}
	}
	v := &version{size: info.Size(), modified: info.ModTime()}
	if content, err := readInto(scratch, name); err == nil && bytes.Contains(content, []byte(embedDirective)) {
		if file, err := parser.ParseFile(token.NewFileSet(), name, content, parser.ParseComments); err == nil {
			v.patterns = patternsOf(file)
		}
	}
	versions.Store(name, v)
	return v.patterns
}

// readInto returns what a file has, in scratch.
func readInto(scratch *bytes.Buffer, name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	scratch.Reset()
	_, err = scratch.ReadFrom(file)
	return scratch.Bytes(), err
}
