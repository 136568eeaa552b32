package cli

import (
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
)

// Collecting garbage less often than by default saves a fifth of the time of a
// run. The limit keeps that from costing more memory than it is worth; it goes
// when so much is in use that the collector would work against it in vain.
const (
	collectAt   = 300 // percent, as GOGC
	memoryLimit = 365 << 20
	giveUpLimit = 280 << 20 // bytes in use
)

const liveHeap = "/gc/heap/live:bytes"

// tuneMemory sets the garbage collector up for a short life, unless the
// environment says how it should work. The function that it returns is to be
// called now and then.
func tuneMemory() (watch func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	debug.SetGCPercent(collectAt)
	debug.SetMemoryLimit(memoryLimit)
	limited := true
	sample := []metrics.Sample{{Name: liveHeap}}
	return func() {
		if !limited {
			return
		}
		metrics.Read(sample)
		if sample[0].Value.Kind() == metrics.KindUint64 && sample[0].Value.Uint64() > giveUpLimit {
			debug.SetMemoryLimit(math.MaxInt64)
			debug.SetGCPercent(100)
			limited = false
		}
	}
}
