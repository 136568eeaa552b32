package cache

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Trim keeps the bounds in the shards that were written to. It is to be called
// at the end of a run; nothing is wrong if it is not.
func (s *Store) Trim() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for dir := range s.dirty {
		s.trim(dir)
	}
	clear(s.dirty)
}

func (s *Store) trim(dir string) {
	entries, err := list(dir)
	if err != nil {
		return
	}
	slices.SortFunc(entries, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	now, left := s.now(), s.maxBytes/shards
	for _, e := range entries { // the one that was used last comes first
		age := now.Sub(e.ModTime())
		left -= e.Size()
		if left < 0 || age > maxAge || strings.HasPrefix(e.Name(), temporaryPrefix) && age > abandoned {
			// Another process may have been faster.
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
