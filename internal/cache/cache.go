// Package cache keeps small pieces of data on disk, by a key that says all that
// they were computed from.
//
// An entry is a file of its own. It is written under another name and renamed,
// so that a reader, or another process, finds it whole or not at all, and it
// carries a checksum: what is damaged all the same counts as missing. Entries
// are never changed. Nothing is lost with the folder but time.
//
// Entries lie in shards, folders named by the first digits of the key. Keys are
// hashes, so shards grow alike, and the bound on the whole is kept by bounding
// each shard whenever something is written into it.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// A Key says what an entry was computed from.
type Key [sha256.Size]byte

// String returns the key in hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// shards is the number of folders that entries lie in.
const shards = 64

// Bounds of a store. An entry that was not used for maxAge is dropped, and so
// are those that were not used for longest while there is more than maxBytes.
const (
	maxAge   = 30 * 24 * time.Hour
	maxBytes = 512 << 20
)

// A use within this time of the last one is not noted.
const useInterval = time.Hour

// A temporary file older than this was left by a process that was killed.
const abandoned = time.Hour

const (
	magic           = "soplint cache 1\n"
	temporaryPrefix = "new-"
)

// A Store is a folder of entries. Its methods may be called at the same time,
// by several processes as well.
type Store struct {
	dir      string
	maxBytes int64
	now      func() time.Time

	mu    sync.Mutex
	dirty map[string]bool // shards that something was written to
}

// Open returns the store in that folder, which is made if it is missing. It is
// an error if others than the user can write there: what a store says is
// believed.
func Open(dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	if err := trusted(dir); err != nil {
		return nil, err
	}
	return &Store{dir: dir, maxBytes: maxBytes, now: time.Now, dirty: make(map[string]bool)}, nil
}

// Dir returns the folder of the store.
func (s *Store) Dir() string { return s.dir }

func (s *Store) file(k Key) (shard, name string) {
	shard = filepath.Join(s.dir, fmt.Sprintf("%02x", k[0]%shards))
	return shard, filepath.Join(shard, k.String())
}

// Get returns the entry of a key; ok tells whether there is one.
func (s *Store) Get(k Key) (data []byte, ok bool) {
	_, name := s.file(k)
	file, err := os.Open(name)
	if err != nil {
		return nil, false
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > s.maxBytes {
		return nil, false
	}
	content := make([]byte, info.Size())
	if _, err := io.ReadFull(file, content); err != nil {
		return nil, false // it has become shorter
	}
	data, err = open(k, content)
	if err != nil {
		return nil, false
	}
	if now := s.now(); now.Sub(info.ModTime()) > useInterval {
		// Where that fails the entry only seems older than it is.
		_ = os.Chtimes(name, now, now)
	}
	return data, true
}

// Put writes the entry of a key. The error may be ignored: it only means that
// the entry will be missing.
func (s *Store) Put(k Key, data []byte) error {
	content := seal(k, data)
	if int64(len(content)) > s.maxBytes/shards {
		return errors.New("entry is too large")
	}
	shard, name := s.file(k)
	if err := os.MkdirAll(shard, 0o700); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(shard, temporaryPrefix)
	if err != nil {
		return err
	}
	_, err = temporary.Write(content)
	if closeErr := temporary.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dirty[shard] = true
	return nil
}

// seal puts the magic and the checksum, which covers the key as well, before
// the data.
func seal(k Key, data []byte) []byte {
	sum := checksum(k, data)
	content := make([]byte, 0, len(magic)+len(sum)+len(data))
	content = append(content, magic...)
	content = append(content, sum[:]...)
	return append(content, data...)
}

func open(k Key, content []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(content, []byte(magic))
	if !ok || len(rest) < sha256.Size {
		return nil, errors.New("not an entry")
	}
	data := rest[sha256.Size:]
	if sum := checksum(k, data); !bytes.Equal(sum[:], rest[:sha256.Size]) {
		return nil, errors.New("damaged entry")
	}
	return data, nil
}

func checksum(k Key, data []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(k[:])
	h.Write(data)
	h.Sum(sum[:0])
	return sum
}

// Info says what a store holds.
type Info struct {
	Entries int
	Bytes   int64
	Oldest  time.Time // last use of the entry that was not used for longest; zero if there is none
}

// Info counts the entries.
func (s *Store) Info() (Info, error) {
	var info Info
	for shard := range shards {
		entries, err := list(filepath.Join(s.dir, fmt.Sprintf("%02x", shard)))
		if err != nil {
			return info, err
		}
		for _, e := range entries {
			info.Entries++
			info.Bytes += e.Size()
			if info.Oldest.IsZero() || e.ModTime().Before(info.Oldest) {
				info.Oldest = e.ModTime()
			}
		}
	}
	return info, nil
}

// Clean removes all entries, and nothing else that may lie in the folder.
func (s *Store) Clean() error {
	for shard := range shards {
		dir := filepath.Join(s.dir, fmt.Sprintf("%02x", shard))
		entries, err := list(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		_ = os.Remove(dir) // fails, and should, where something else lies there
	}
	return nil
}

// list returns the entries of a shard and what killed processes left there. A
// folder that is missing has none, and files that vanish meanwhile are none.
func list(dir string) ([]fs.FileInfo, error) {
	names, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var entries []fs.FileInfo
	for _, name := range names {
		info, err := name.Info()
		if err == nil && info.Mode().IsRegular() {
			entries = append(entries, info)
		}
	}
	return entries, nil
}
