package driver

import (
	"flag"
	"maps"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/finding"
)

var (
	mutants = flag.Int("mutants", 100, "how many mutants of fixtures the tests of this package make, about; 0: all that mean the same")
	seed    = flag.Uint64("seed", 1, "what the choice of mutants begins with")
)

// mutated are the fixtures that mutants are made of.
var mutated = []string{"corsorigin/...", "wsorigin/...", "getstate/...", "guardabort/...", "csrfprotection/...", "unguarded/...",
	"cookiesamesite/...", "corsheader", "framing/...", "crossoriginpolicy/...", "effect/..."}

// TestSame makes mutants of the fixtures that mean what the fixtures mean, and
// wants the same reports.
func TestSame(t *testing.T) {
	s := newSession(t, analyzers.All(), mutated...)
	random := rand.New(rand.NewPCG(*seed, 0))
	ran, broken := 0, 0
	for _, path := range slices.Sorted(maps.Keys(s.nodes)) {
		p := s.parsed(t, path)
		findings, _ := s.findings(path, nil)
		want := s.said(p.Text, findings)
		for _, m := range p.Same() {
			if *mutants > 0 && random.IntN(3000) >= *mutants {
				continue
			}
			found, problems := s.findings(path, m.Text)
			if panicked(t, problems) {
				t.Errorf("%s: %s: %v", path, m.Name, problems)
			}
			if len(problems) > 0 {
				broken++ // a mutant that does not compile means nothing
				continue
			}
			ran++
			if slices.ContainsFunc(unlike, func(known string) bool { return strings.HasPrefix(path+": "+m.Name, "fixtures/"+known) }) {
				continue
			}
			if got := s.said(m.Text, found); !slices.Equal(got, want) {
				gone, more := difference(want, got)
				t.Errorf("%s: %s: no longer %q, but %q", path, m.Name, gone, more)
			}
		}
	}
	if ran == 0 {
		t.Error("no mutant compiles")
	}
	t.Logf("%d mutants, and %d that do not compile", ran, broken)
}

// unlike begin the names of mutants that mean the same and of which something else is
// said. The engine of guardabort looks into a helper, and not into the helper's own;
// that of framing takes what a function writes that others call to be sent with
// every answer; a setter of headers by a name that it is given is known one call deep;
// a method of revel's controllers that is given a socket is an action, a helper too; and
// beego's automatic routes serve every method of a controller.
var unlike = []string{
	"guardabort/gin: extract the body of answerOnly ",
	"guardabort/nethttp: extract the body of requirePost ",
	"guardabort/nethttp: extract the body of writeError ",
	"guardabort/nethttp: extract the body of isPost ",
	"framing/headers: extract the body of ",
	"corsorigin/helpers: extract the body of header ",
	"corsorigin/helpers: extract the body of SetHeader ",
	"wsorigin/revel: extract the body of ",
	"getstate/frameworks/beego1: extract the body of ",
}

// maxAllocated is how much memory the analysis of a mutant may take all in all, freed
// again or not: what does not end, or grows with the square, takes more and more. Of
// 54,000 mutants none took more than 616 MB.
const maxAllocated = 1 << 30

// allocated returns how much memory has been taken since the test began.
func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

// TestAny makes mutants of the fixtures that mean anything, and wants every
// analysis of one to end, without a panic, and twice with the same result.
func TestAny(t *testing.T) {
	debug.SetMaxStack(256 << 20) // a recursion without end is a failure, and soon
	s := newSession(t, analyzers.All(), mutated...)
	random := rand.New(rand.NewPCG(*seed, 0))
	paths := slices.Sorted(maps.Keys(s.nodes))
	whole, most := 0, uint64(0)
	for range max(*mutants, 1) {
		path := paths[random.IntN(len(paths))]
		m := s.parsed(t, path).Any(random)
		before := allocated()
		first, problems := s.findings(path, m.Text)
		if took := allocated() - before; took > maxAllocated {
			t.Errorf("%s: %s: its analysis takes %d MB", path, m.Name, took>>20)
		} else {
			most = max(most, took)
		}
		second, _ := s.findings(path, m.Text)
		if panicked(t, problems) {
			t.Errorf("%s: %s: %v", path, m.Name, problems)
		}
		if !slices.EqualFunc(first, second, func(a, b finding.Finding) bool { return a.Fingerprint == b.Fingerprint && a.Message == b.Message }) {
			t.Errorf("%s: %s: two runs differ:\n%v\n%v", path, m.Name, first, second)
		}
		if len(problems) == 0 {
			whole++
		}
	}
	t.Logf("%d mutants, of which %d compile, take up to %d MB each", *mutants, whole, most>>20)
}

func panicked(t *testing.T, problems []finding.Problem) bool {
	t.Helper()
	return slices.ContainsFunc(problems, func(p finding.Problem) bool {
		return strings.Contains(p.Message, "panicked") || strings.HasPrefix(p.Message, "pass ")
	})
}

// difference returns what only one of two sorted lists holds.
func difference(want, got []string) (gone, more []string) {
	more = slices.Clone(got)
	for _, line := range want {
		if i := slices.Index(more, line); i >= 0 {
			more = slices.Delete(more, i, i+1)
		} else {
			gone = append(gone, line)
		}
	}
	return gone, more
}
