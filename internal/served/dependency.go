package served

import (
	"crypto/sha256"
	"encoding/gob"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"github.com/soplint/soplint/internal/rule"
)

// A dependency is what a package was found to serve, as a [rule.Dependency]:
// which files, that patterns find now, with what in them.
type dependency struct {
	Folder   string   // of the package
	Own      []string // the patterns that it embeds
	Asked    []string // the paths that it names
	Imported []string // folders of the packages of its module that it imports
	Sum      [sha256.Size]byte
}

func init() { gob.Register(&dependency{}) }

var _ rule.Dependency = (*dependency)(nil)

// Holds implements [rule.Dependency].
func (d *dependency) Holds(seen *sync.Map) bool {
	s := &search{own: d.Own, asked: d.Asked, imported: d.Imported, seen: seen}
	s.place(d.Folder)
	return sum(s.root, s.find()) == d.Sum
}

// A served is a file that is read, with its content.
type served struct {
	name    string
	content []byte
}

// find returns the files that the package serves, in the order of their names.
func (s *search) find() []served {
	s.files = map[string]bool{}
	if s.root == "" {
		return nil
	}
	s.embedded(s.folder, s.own)
	for _, path := range s.asked {
		s.add(s.locate(path))
	}
	for _, folder := range s.imported {
		s.embedded(folder, s.embeds(folder))
	}
	var found []served
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if content := readable(name); content != nil {
			found = append(found, served{name, content})
		}
	}
	return found
}

// embedded notes the files that patterns of go:embed in the package of that
// folder name.
func (s *search) embedded(folder string, patterns []string) {
	for _, pattern := range patterns {
		s.add(filepath.Join(folder, filepath.FromSlash(pattern)))
	}
}

// sum stands for files that were found.
func sum(root string, files []served) (sum [sha256.Size]byte) {
	h := sha256.New()
	io.WriteString(h, root)
	for _, f := range files {
		fmt.Fprintf(h, "\x00%q %d\x00", f.name, len(f.content))
		h.Write(f.content)
	}
	h.Sum(sum[:0])
	return sum
}
