package lsp

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/source"
)

// A workspace holds the documents that the client has open, and what is known
// of the modules that they belong to.
type workspace struct {
	Options
	conn         *conn
	showProgress bool

	wake chan struct{} // there may be work

	mu        sync.Mutex
	folders   []string
	documents map[string]*document // by path
	modules   map[string]*module   // by directory
	running   *job
	said      map[string]bool // what the user was told, which once is enough
}

// A document is a file that is open in the editor.
type document struct {
	text    *source.Text
	version int
}

// A module is the unit of analysis: a directory with a go.mod file.
type module struct {
	dir   string
	todo  *job // nil: nothing has changed
	files map[string]*known
	rules map[string]report.Rule
}

// known is what the last analysis found in a file.
type known struct {
	text     *source.Text // that was analysed
	findings []finding.Finding
	shown    string // the diagnostics that the client has, encoded
}

// A job is an analysis to make.
type job struct {
	due time.Time
	// folders are the directories of the packages to analyse; nil: all.
	folders map[string]bool
	module  *module
	givenUp bool // the user does not want it

	// Once it runs:
	cancel    context.CancelFunc
	documents map[string]*document // as they were then
}

func newWorkspace(c *conn, o Options) *workspace {
	return &workspace{Options: o, conn: c, wake: make(chan struct{}, 1),
		documents: make(map[string]*document), modules: make(map[string]*module), said: make(map[string]bool)}
}

func (w *workspace) addFolders(folders []workspaceFolder) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, folder := range folders {
		if path := pathOf(folder.URI); path != "" && !slices.Contains(w.folders, path) {
			w.folders = append(w.folders, path)
		}
	}
}

// removeFolders forgets the modules in the folders, and what was reported there.
func (w *workspace) removeFolders(folders []workspaceFolder) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, folder := range folders {
		path := pathOf(folder.URI)
		w.folders = slices.DeleteFunc(w.folders, func(other string) bool { return other == path })
	}
	for dir, m := range w.modules {
		if !w.covers(dir) {
			for path, k := range m.files {
				k.findings = nil
				w.publish(m, path, k)
			}
			delete(w.modules, dir)
		}
	}
}

// inFolders reports whether path is the user's own. Files that editors show
// from elsewhere, such as the module cache, are not.
func (w *workspace) inFolders(path string) bool {
	return len(w.folders) == 0 || w.covers(path)
}

// covers reports whether path is in a folder, or a folder in it.
func (w *workspace) covers(path string) bool {
	return slices.ContainsFunc(w.folders, func(folder string) bool {
		return path == folder || strings.HasPrefix(path, folder+string(filepath.Separator)) ||
			strings.HasPrefix(folder, path+string(filepath.Separator))
	})
}

// analyseFolders begins with the modules that the folders are, or are in.
// Others are analysed when a file of theirs is opened.
func (w *workspace) analyseFolders() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, folder := range w.folders {
		if m := w.moduleOf(filepath.Join(folder, "go.mod")); m != nil && len(m.files) == 0 {
			w.enqueue(m, "", 0)
		}
	}
}

// moduleOf returns the module that the file is in, nil if that is none.
func (w *workspace) moduleOf(path string) *module {
	if path == "" || !w.inFolders(path) {
		return nil
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if m := w.modules[dir]; m != nil {
			return m
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			m := &module{dir: dir, files: make(map[string]*known)}
			w.modules[dir] = m
			return m
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// enqueue asks for an analysis of the folder's package, or where it is "" of
// the whole module, after delay. What is being analysed of the module is given
// up for that, and made up for.
func (w *workspace) enqueue(m *module, folder string, delay time.Duration) {
	if m.todo == nil {
		m.todo = &job{module: m, folders: map[string]bool{}}
	}
	m.todo.due = time.Now().Add(delay)
	m.todo.add(folder)
	if w.running != nil && w.running.module == m {
		w.running.cancel()
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (j *job) add(folder string) {
	switch {
	case folder == "":
		j.folders = nil
	case j.folders != nil:
		j.folders[folder] = true
	}
}

// merge adds what another job was about.
func (j *job) merge(other *job) {
	if other.folders == nil {
		j.folders = nil
	}
	for folder := range other.folders {
		j.add(folder)
	}
}

func (w *workspace) open(path, content string, version int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.moduleOf(path)
	if m == nil {
		return
	}
	w.documents[path] = &document{text: source.New(content), version: version}
	if k := m.files[path]; k != nil && k.text.Content == content {
		return // all is known, and shown
	}
	folder := filepath.Dir(path)
	if len(m.files) == 0 {
		folder = ""
	}
	w.enqueue(m, folder, 0)
}

func (w *workspace) change(path, content string, version *int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m, old := w.moduleOf(path), w.documents[path]
	if m == nil || old == nil {
		return
	}
	d := &document{text: source.New(content), version: old.version}
	if version != nil {
		d.version = *version
	}
	w.documents[path] = d
	// What else is on the screen may depend on it, in other modules of a go.work, too.
	for other := range w.documents {
		if of := w.moduleOf(other); of != nil {
			w.enqueue(of, filepath.Dir(other), w.Delay)
		}
	}
}

func (w *workspace) close(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.documents, path)
	if m := w.moduleOf(path); m != nil {
		w.enqueue(m, filepath.Dir(path), 0)
	}
}

// saved analyses all modules again: any can depend on what was saved.
func (w *workspace) saved() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.modules {
		w.enqueue(m, "", 0)
	}
}

func (w *workspace) changedOnDisk(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m := w.moduleOf(path); m != nil {
		w.enqueue(m, "", w.Delay)
	}
}

// giveUp ends the analysis that the user saw under that token.
func (w *workspace) giveUp(token string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running != nil && token == `"`+progressToken+`"` {
		w.running.givenUp = true
		w.running.cancel()
	}
}

// work carries out jobs, one after the other, until ctx is cancelled.
func (w *workspace) work(ctx context.Context) {
	for ctx.Err() == nil {
		run, cancel := context.WithCancel(ctx)
		j, wait := w.next(cancel)
		if j != nil {
			w.run(run, j)
			cancel()
			continue
		}
		cancel()
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-w.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// idle is how long the server sleeps where there is nothing to wait for.
const idle = time.Hour

// next takes the job that is due first, and lets cancel end it, or says how long
// to wait for one.
func (w *workspace) next(cancel context.CancelFunc) (*job, time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var first *module
	for _, dir := range slices.Sorted(maps.Keys(w.modules)) {
		if m := w.modules[dir]; m.todo != nil && (first == nil || m.todo.due.Before(first.todo.due)) {
			first = m
		}
	}
	if first == nil {
		return nil, idle
	}
	if wait := time.Until(first.todo.due); wait > 0 {
		return nil, wait
	}
	j := first.todo
	first.todo = nil
	j.cancel, j.documents = cancel, maps.Clone(w.documents)
	w.running = j
	return j, 0
}
