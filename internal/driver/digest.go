package driver

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"hash"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/soplint/soplint/internal/cache"
)

// A digest stands for all that something was computed from, or for what
// somebody can see of it.
type digest = cache.Key

// A hasher makes a digest of texts; where one ends and the next begins is part
// of what is hashed.
type hasher struct{ hash.Hash }

func newHasher(kind string) hasher {
	h := hasher{sha256.New()}
	h.text(kind)
	return h
}

func (h hasher) text(values ...string) {
	var length [8]byte
	for _, v := range values {
		binary.LittleEndian.PutUint64(length[:], uint64(len(v)))
		h.Write(length[:])
		h.Write([]byte(v))
	}
}

func (h hasher) list(values []string) {
	h.text(fmt.Sprint(len(values)))
	h.text(values...)
}

func (h hasher) digest(d digest) { h.Write(d[:]) }

func (h hasher) sum() (d digest) {
	h.Sum(d[:0])
	return d
}

// fileDigests are the digests of the contents of files.
type fileDigests struct {
	read func(name string) ([]byte, error)

	mu    sync.Mutex
	known map[string]digest
}

// of returns the digest of a file's content. What cannot be read has one, too.
func (f *fileDigests) of(name string) digest {
	f.mu.Lock()
	d, ok := f.known[name]
	f.mu.Unlock()
	if ok {
		return d
	}
	data, err := f.read(name)
	if err != nil {
		d = sha256.Sum256([]byte("unreadable"))
	} else {
		d = sha256.Sum256(data)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known[name] = d
	return d
}

// agree reports whether data is what the file was when its digest was taken, if
// it was.
func (f *fileDigests) agree(name string, data []byte) bool {
	f.mu.Lock()
	d, ok := f.known[name]
	f.mu.Unlock()
	return !ok || d == sha256.Sum256(data)
}

// prepare reads the files of packages, several at a time.
func (f *fileDigests) prepare(nodes []*node) {
	work := make(chan *node, len(nodes))
	for _, n := range nodes {
		work <- n
	}
	close(work)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for n := range work {
				for _, name := range n.hashedFiles() {
					f.of(name)
				}
			}
		})
	}
	workers.Wait()
}

// hashedFiles are the files that the outcome for a package can depend on.
func (n *node) hashedFiles() []string {
	files := n.absoluteAll(n.GoFiles, n.CgoFiles)
	return append(append(files, n.otherFiles()...), n.ignoredFiles()...)
}

// baseDigest stands for all that the outcome for every package depends on: the
// tool, its checks and their flags, the go command and its settings.
func (r *run) baseDigest() digest {
	h := newHasher("base")
	h.text(r.Identity, r.paths.dir, r.Tags, fmt.Sprintf("%+v", r.env), fmt.Sprint(r.NoPrefilter, r.WebPackage != nil, r.KeepComment != nil))
	for _, analyzer := range r.plan.order {
		h.text(analyzer.Name)
		analyzer.Flags.VisitAll(func(f *flag.Flag) { h.text(f.Name, f.Value.String()) })
	}
	return h.sum()
}

// contentOf returns a digest of what n is made from, whose imports have theirs.
// The files of packages in the module cache never change.
func (r *run) contentOf(n *node) digest {
	h := newHasher("package")
	h.digest(r.base)
	h.text(n.ImportPath, n.Dir, n.errorText())
	files := n.absoluteAll(n.GoFiles, n.CgoFiles, n.HFiles)
	h.list(files)
	if !r.inModuleCache(n.Dir) {
		for _, name := range files {
			h.digest(r.files.of(name))
		}
	}
	for _, path := range slices.Sorted(maps.Keys(n.imports)) {
		if imported := n.imports[path]; !imported.Standard {
			h.text(path)
			h.digest(imported.content)
		}
	}
	return h.sum()
}

func (r *run) inModuleCache(dir string) bool {
	return r.env.GOMODCACHE != "" && strings.HasPrefix(dir, r.env.GOMODCACHE+string(filepath.Separator))
}

// errorText is what the go command has against n, but for errors of the
// compiler: it may not have been asked for those.
func (n *node) errorText() string {
	if n.Error == nil || strings.HasPrefix(n.Error.Err, "# ") {
		return ""
	}
	return n.Error.Err
}

// key is under what the outcome for n is kept: it stands for its files, and for
// the types and facts below it. All packages from
// source that n imports must be finished.
func (r *run) key(n *node) digest {
	h := newHasher("outcome")
	h.digest(r.base)
	h.text(n.ImportPath, n.Name, n.Dir, n.ForTest, n.errorText(), fmt.Sprint(n.root, n.wanted, n.web))
	if n.Module != nil {
		h.text(n.Module.Path, n.Module.Version, n.Module.GoVersion)
	}
	for _, files := range [][]string{n.GoFiles, n.CgoFiles, n.otherFiles(), n.ignoredFiles()} {
		h.list(files) // what a file is to the package counts, too
	}
	for _, name := range n.hashedFiles() {
		h.digest(r.files.of(name))
	}
	h.imports(n)
	return h.sum()
}

// publish tells what dependents see of n, which is in e.
func (n *node) publish(e *entry) {
	n.identity, n.demanded = e.api, e.onDemand
	n.reach(e.always)
}

// reach computes below for n, which has those facts: it stands for those, for the
// types of n, and for both of all that n imports, directly or not. Passes look for
// implementations, and for the types of libraries, in all of these.
func (n *node) reach(facts digest) {
	h := newHasher("below")
	h.digest(facts)
	h.digest(n.identity)
	h.imports(n)
	n.below = h.sum()
}

// addedByCgo are the imports that a package has once cgo has run, which the go
// command does not list before.
var addedByCgo = []string{"runtime/cgo", "syscall", "unsafe"}

func (h hasher) imports(n *node) {
	for _, path := range slices.Sorted(maps.Keys(n.imports)) {
		if imported := n.imports[path]; !slices.Contains(addedByCgo, path) {
			h.text(path, imported.ImportPath)
			h.digest(imported.below)
		}
	}
}
