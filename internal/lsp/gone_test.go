package lsp

import (
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/cache"
	"github.com/soplint/soplint/internal/driver/drivertest"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
)

// A holder is a pass that is in the midst of a package until it may go on.
type holder struct {
	begun   chan struct{} // gets something once a package is begun
	goOn    chan struct{} // is closed when all may
	running atomic.Int32
}

func (h *holder) check() rule.Check {
	return rule.Check{
		Analyzer: &analysis.Analyzer{Name: "held", Doc: "held: wait\n\nIt reports nothing.", Run: h.run},
		Rules:    []rule.Rule{{Name: "never", Severity: finding.Note, Summary: "nothing"}},
	}
}

func (h *holder) run(*analysis.Pass) (any, error) {
	h.running.Add(1)
	defer h.running.Add(-1)
	select {
	case h.begun <- struct{}{}:
	default: // one was enough
	}
	<-h.goOn
	return nil, nil
}

// An editor that ends in the midst of an analysis leaves none behind that goes on,
// and nothing in the cache that is wrong.
func TestClientDies(t *testing.T) {
	files := chain(20)
	store, err := cache.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	held := &holder{begun: make(chan struct{}, 1), goOn: make(chan struct{})}
	o := Options{Version: "v1", Checks: append(drivertest.Checks(), held.check()), WebPackage: drivertest.WebPackage, Cache: store, Identity: "build"}
	c := serveWith(t, files, o)
	c.initialize(`{}`)
	<-held.begun
	c.die()
	select {
	case err := <-c.ended:
		t.Errorf("the server ended before the analysis did: %v", err)
	default:
	}
	close(held.goOn)
	if err := <-c.ended; err == nil || !strings.Contains(err.Error(), "without shutdown") {
		t.Errorf("the server ended with %v", err)
	}
	if n := held.running.Load(); n != 0 {
		t.Errorf("%d passes still run", n)
	}

	c = serveWith(t, files, o)
	c.initialize(`{}`)
	c.wait("p0/web/web.go", "2:5 badcall/defined")
	c.open("p0/web/web.go", chained(false))
	c.open("p1/p.go", chain(2)["p1/p.go"])
	c.change("p0/web/web.go", chained(true))
	c.wait("p0/web/web.go", "2:5 badcall/defined", "4:15 badcall/direct")
	c.wait("p1/p.go", "4:15 badcall/indirect")
	if err := c.end(); err != nil {
		t.Error(err)
	}
}
