package cli

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// A progress line appears on a terminal once the work has taken so long that
// one begins to wonder, and is then renewed at most so often.
const (
	patience = time.Second
	renewal  = 100 * time.Millisecond
)

// A progress shows how far the analysis has come. Its methods do nothing where
// standard error is no terminal.
type progress struct {
	out   io.Writer
	timer *time.Timer

	mu      sync.Mutex
	started bool // patience is over
	shown   time.Time
	text    string
}

func newProgress(stderr io.Writer, quiet bool) *progress {
	p := &progress{text: "loading packages"}
	if quiet || !isTerminal(stderr) {
		return p
	}
	p.out = stderr
	p.timer = time.AfterFunc(patience, p.start)
	return p
}

func (p *progress) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.started = true
	p.show()
}

// update is called for every package that is finished.
func (p *progress) update(done, total int) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = fmt.Sprintf("%d of %d packages", done, total)
	if p.started && time.Since(p.shown) >= renewal {
		p.show()
	}
}

// show writes the line over the one before.
func (p *progress) show() {
	if p.out == nil {
		return
	}
	fmt.Fprintf(p.out, "\r\x1b[Ksoplint: %s", p.text)
	p.shown = time.Now()
}

// stop removes the line.
func (p *progress) stop() {
	if p.out == nil {
		return
	}
	p.timer.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.started {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	p.out = nil
}
