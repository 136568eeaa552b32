package engine

import (
	"runtime"
	"testing"

	"github.com/soplint/soplint/benchmarks/synthetic"
	"github.com/soplint/soplint/internal/flow"
)

// What an input may cost at most. These are no times, so that they are the same
// on every machine: instructions that replays run, and bytes and pieces of memory
// that all of the analysis asks for.
const (
	maxSteps  = 1_100_000
	maxBytes  = 800 << 20
	maxPieces = 7_000_000
)

// A cost is what the analysis of an input took.
type cost struct{ steps, bytes, pieces uint64 }

func costOf(tb testing.TB, source string) cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	results := load(tb, source).run(tb, everything()...)
	runtime.ReadMemStats(&after)
	return cost{
		steps:  uint64(results[flow.Analyzer].(*flow.Package).Steps()),
		bytes:  after.TotalAlloc - before.TotalAlloc,
		pieces: after.Mallocs - before.Mallocs,
	}
}

// An input costs no more than the bounds say, and one twice as large not much more
// than twice as much.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses large inputs")
	}
	costOf(t, synthetic.Hostiles()[0].Source(10)) // imports what all import
	for _, input := range synthetic.Hostiles() {
		t.Run(input.Name, func(t *testing.T) {
			half, whole := costOf(t, input.Source(input.Size/2)), costOf(t, input.Source(input.Size))
			t.Logf("%d steps, %d MB, %d pieces; at half the size %d, %d, %d", whole.steps, whole.bytes>>20, whole.pieces,
				half.steps, half.bytes>>20, half.pieces)
			if whole.steps > maxSteps || whole.bytes > maxBytes || whole.pieces > maxPieces {
				t.Errorf("it takes %d steps, %d bytes and %d pieces of memory", whole.steps, whole.bytes, whole.pieces)
			}
			if 10*whole.pieces > 33*half.pieces || whole.steps > 3*half.steps+1000 {
				t.Errorf("an input of half the size takes %d steps and %d pieces of memory instead of %d and %d",
					half.steps, half.pieces, whole.steps, whole.pieces)
			}
		})
	}
}

func BenchmarkHostile(b *testing.B) {
	for _, input := range synthetic.Hostiles() {
		source := input.Source(input.Size)
		b.Run(input.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				load(b, source).run(b, everything()...)
			}
		})
	}
}
