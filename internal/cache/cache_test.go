package cache

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func key(text string) Key { return sha256.Sum256([]byte(text)) }

func store(t *testing.T) *Store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "cache")
	return reopen(t, dir)
}

func reopen(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *Store, k Key, data []byte) {
	t.Helper()
	if err := s.Put(k, data); err != nil {
		t.Fatal(err)
	}
}

func TestPutGet(t *testing.T) {
	s := store(t)
	if _, ok := s.Get(key("a")); ok {
		t.Error("an empty store has an entry")
	}
	put(t, s, key("a"), []byte("first"))
	put(t, s, key("b"), nil)
	put(t, s, key("a"), []byte("second"))
	if data, ok := reopen(t, s.Dir()).Get(key("a")); !ok || string(data) != "second" {
		t.Errorf("got %q, %t", data, ok)
	}
	if data, ok := s.Get(key("b")); !ok || len(data) != 0 {
		t.Errorf("got %q, %t for an entry without data", data, ok)
	}
}

// Whatever byte of an entry changes, and wherever it ends, it is a miss.
func TestDamagedEntries(t *testing.T) {
	s := store(t)
	put(t, s, key("a"), []byte("some data"))
	_, name := s.file(key("a"))
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	damaged := [][]byte{append(bytes.Clone(whole), 'x')}
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1
		damaged = append(damaged, flipped, whole[:i])
	}
	for _, content := range damaged {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if data, ok := s.Get(key("a")); ok {
			t.Fatalf("a damaged entry gives %q", data)
		}
	}
	put(t, s, key("a"), []byte("some data"))
	if _, ok := s.Get(key("a")); !ok {
		t.Error("a damaged entry is not replaced")
	}
}

// An entry under another name than its own is none.
func TestMovedEntry(t *testing.T) {
	s := store(t)
	put(t, s, key("a"), []byte("some data"))
	_, from := s.file(key("a"))
	shard, to := s.file(key("b"))
	if err := os.MkdirAll(shard, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Get(key("b")); ok {
		t.Error("the entry of one key is taken for that of another")
	}
}

// Readers and writers of the same keys find an entry whole or not at all.
func TestAtTheSameTime(t *testing.T) {
	dir := store(t).Dir()
	var group sync.WaitGroup
	for worker := range 8 {
		s := reopen(t, dir)
		group.Go(func() {
			for i := range 50 {
				k := key(fmt.Sprint(i % 5))
				want := bytes.Repeat([]byte{byte('a' + i%5)}, 10_000)
				if data, ok := s.Get(k); ok && !bytes.Equal(data, want) {
					t.Errorf("worker %d read something else", worker)
				}
				if err := s.Put(k, want); err != nil {
					t.Error(err)
				}
				s.Trim()
			}
		})
	}
	group.Wait()
	if info, err := reopen(t, dir).Info(); err != nil || info.Entries != 5 {
		t.Errorf("%d entries are left, want 5: %v", info.Entries, err)
	}
}

const writer = "SOPLINT_TEST_CACHE_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writer); dir != "" {
		writeUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes the same entries again and again.
func writeUntilKilled(dir string) {
	s, err := Open(dir)
	if err != nil {
		panic(err)
	}
	for i := 0; ; i++ {
		n := i % 100
		if err := s.Put(key(fmt.Sprint(n)), bytes.Repeat([]byte{byte(n)}, 100_000)); err != nil {
			panic(err)
		}
		if i == 200 {
			fmt.Println("going")
		}
	}
}

// A process that is killed while it writes leaves no wrong entry, and what it
// does leave is removed in time.
func TestKilledWriter(t *testing.T) {
	s := store(t)
	for range 3 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), writer+"="+s.Dir())
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
	}
	for n := range 100 {
		if data, ok := s.Get(key(fmt.Sprint(n))); ok && !bytes.Equal(data, bytes.Repeat([]byte{byte(n)}, 100_000)) {
			t.Errorf("entry %d is wrong", n)
		}
	}
	left := filepath.Join(s.Dir(), "00", temporaryPrefix+"left")
	if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return time.Now().Add(2 * abandoned) }
	s.trim(filepath.Dir(left))
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("what was left there stays: %v", err)
	}
}

// The store keeps what was used last, and no more than its bounds allow.
func TestBounds(t *testing.T) {
	s := store(t)
	s.maxBytes = shards * 10_000
	start := time.Now()
	const entries, each = 2000, 2000
	for i := range entries {
		s.now = func() time.Time { return start.Add(time.Duration(i) * time.Second) }
		put(t, s, key(fmt.Sprint(i)), make([]byte, each))
		_, name := s.file(key(fmt.Sprint(i)))
		if err := os.Chtimes(name, s.now(), s.now()); err != nil {
			t.Fatal(err)
		}
	}
	s.Trim()
	info, err := s.Info()
	if err != nil || info.Bytes > s.maxBytes || info.Bytes < s.maxBytes/2 {
		t.Errorf("%d bytes are left of %d, at most %d wanted: %v", info.Bytes, entries*each, s.maxBytes, err)
	}
	if _, ok := s.Get(key(fmt.Sprint(entries - 1))); !ok {
		t.Error("the newest entry was dropped")
	}
	if _, ok := s.Get(key("0")); ok {
		t.Error("the oldest entry was kept")
	}
	if err := s.Put(key("large"), make([]byte, 20_000)); err == nil {
		t.Error("an entry larger than a shard may be was taken")
	}

	kept := key(fmt.Sprint(entries - 1))
	s.now = func() time.Time { return start.Add(maxAge) }
	if _, ok := s.Get(kept); !ok {
		t.Error("an entry that is not too old is missing")
	}
	for i := range entries { // touches every shard
		put(t, s, key(fmt.Sprint("new", i)), nil)
	}
	s.now = func() time.Time { return start.Add(maxAge + 2*time.Hour) }
	s.Trim()
	if _, ok := s.Get(kept); !ok {
		t.Error("an entry that was used not long ago was dropped")
	}
	if info, err := s.Info(); err != nil || info.Entries != 1 {
		t.Errorf("%d entries are left, want the one that was used: %v", info.Entries, err)
	}
}

func TestClean(t *testing.T) {
	s := store(t)
	for i := range 100 {
		put(t, s, key(fmt.Sprint(i)), []byte("data"))
	}
	foreign := filepath.Join(s.Dir(), "notes.txt")
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Clean(); err != nil {
		t.Fatal(err)
	}
	if info, err := s.Info(); err != nil || info != (Info{}) {
		t.Errorf("%+v is left: %v", info, err)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Errorf("a file that is no entry was removed: %v", err)
	}
	put(t, s, key("a"), nil)
}

func TestTrust(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are other things there")
	}
	dir := store(t).Dir()
	for _, change := range []struct {
		dir  string
		mode os.FileMode
	}{{dir, 0o702}, {dir, 0o777}, {filepath.Dir(dir), 0o707}} {
		before, err := os.Stat(change.dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(change.dir, change.mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "others can write") {
			t.Errorf("mode %o of %s: %v", change.mode, change.dir, err)
		}
		if err := os.Chmod(change.dir, before.Mode().Perm()); err != nil {
			t.Fatal(err)
		}
	}
	reopen(t, dir)
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil {
		t.Error("a file is taken for a folder")
	}
}
