package flow

import (
	"iter"
	"slices"
	"strings"
)

// An index finds the names of a heap's objects that begin in the same way. It is
// asked about each unknown value that is come by, so looking through all names would
// take most of the time where there are many. Names of objects that are gone may
// still be in it.
type index struct {
	sorted []string // copies share it; nobody writes to it
	fresh  []string // those that came since, in no order
}

// maxFresh is how many names are looked through before they are sorted.
const maxFresh = 32

func (x *index) size() int { return len(x.sorted) + len(x.fresh) }

// fork returns an index of the same names; both may be added to from now on.
func (x *index) fork() index {
	x.fresh = slices.Clip(x.fresh)
	return *x
}

func (x *index) add(name string) {
	x.fresh = append(x.fresh, name)
	if len(x.fresh) > max(maxFresh, len(x.sorted)/4) {
		x.sorted = slices.Concat(x.sorted, x.fresh)
		x.fresh = nil
		slices.Sort(x.sorted)
		x.sorted = slices.Compact(x.sorted)
	}
}

// below yields the names with a prefix.
func (x *index) below(prefix string) iter.Seq[string] {
	return func(yield func(string) bool) {
		first, _ := slices.BinarySearch(x.sorted, prefix)
		for _, name := range x.sorted[first:] {
			if !strings.HasPrefix(name, prefix) {
				break
			}
			if !yield(name) {
				return
			}
		}
		for _, name := range x.fresh {
			if strings.HasPrefix(name, prefix) && !yield(name) {
				return
			}
		}
	}
}
