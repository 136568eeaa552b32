package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/benchmarks/synthetic"
	"github.com/soplint/soplint/internal/cache"
	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/origin"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/ssax"
)

// server is the source of a package that has a bit of everything.
func server() string { return synthetic.Server(200) }

func BenchmarkLoad(b *testing.B) {
	source := server()
	load(b, source) // imports what it imports
	b.ReportAllocs()
	for b.Loop() {
		load(b, source)
	}
}

func BenchmarkSSA(b *testing.B)     { benchmarkPass(b, ssax.Analyzer) }
func BenchmarkEffects(b *testing.B) { benchmarkPass(b, effect.Analyzer) }
func BenchmarkFlow(b *testing.B)    { benchmarkPass(b, flow.Analyzer) }
func BenchmarkRoutes(b *testing.B)  { benchmarkPass(b, routes.Analyzer) }
func BenchmarkReplays(b *testing.B) { benchmarkPass(b, origin.Analyzer) }

// benchmarkPass runs one pass on what it requires, which is made anew each time:
// it keeps what it has found out.
func benchmarkPass(b *testing.B, a *analysis.Analyzer) {
	p := load(b, server())
	p.run(b, a) // what is made once for all packages, is made
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		results := map[*analysis.Analyzer]any{}
		p.prepare(b, a, results)
		b.StartTimer()
		p.pass(b, a, results)
	}
}

func BenchmarkFactsEncode(b *testing.B) {
	p := load(b, server())
	p.run(b, flow.Analyzer)
	encode(b, p.facts) // the encoder learns the types
	b.ReportAllocs()
	for b.Loop() {
		encode(b, p.facts)
	}
}

func encode(b *testing.B, facts []analysis.Fact) []byte {
	var out bytes.Buffer
	encoder := gob.NewEncoder(&out)
	for _, fact := range facts {
		if err := encoder.Encode(fact); err != nil {
			b.Fatal(err)
		}
	}
	return out.Bytes()
}

func BenchmarkCacheRead(b *testing.B) {
	p := load(b, server())
	p.run(b, flow.Analyzer)
	store, err := cache.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	key := cache.Key(sha256.Sum256([]byte("entry")))
	if err := store.Put(key, encode(b, p.facts)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := store.Get(key); !ok {
			b.Fatal("the entry is not there")
		}
	}
}
