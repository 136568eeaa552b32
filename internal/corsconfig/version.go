package corsconfig

import (
	"strconv"
	"strings"
)

// before reports whether version is older than border. Versions are module
// versions, pseudo-versions included; the empty one is the newest.
func before(version, border string) bool {
	return version != "" && compareVersions(version, border) < 0
}

// compareVersions orders module versions by the rules of semantic versioning.
func compareVersions(a, b string) int {
	aCore, aPre := splitVersion(a)
	bCore, bPre := splitVersion(b)
	for i := range aCore {
		if c := compareIdentifiers(aCore[i], bCore[i]); c != 0 {
			return c
		}
	}
	return comparePrereleases(aPre, bPre)
}

// splitVersion returns the three numbers of a version, missing ones as 0, and
// its prerelease. Build metadata, +incompatible above all, does not count.
func splitVersion(v string) (core [3]string, prerelease string) {
	v, _, _ = strings.Cut(strings.TrimPrefix(v, "v"), "+")
	v, prerelease, _ = strings.Cut(v, "-")
	core = [3]string{"0", "0", "0"}
	for i, number := range strings.SplitN(v, ".", 3) {
		core[i] = number
	}
	return core, prerelease
}

// comparePrereleases puts a release after all of its prereleases.
func comparePrereleases(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		if c := compareIdentifiers(as[i], bs[i]); c != 0 {
			return c
		}
	}
	return len(as) - len(bs)
}

// compareIdentifiers compares numbers as numbers and puts them before words.
func compareIdentifiers(a, b string) int {
	x, errA := strconv.ParseUint(a, 10, 64)
	y, errB := strconv.ParseUint(b, 10, 64)
	switch {
	case errA != nil && errB != nil:
		return strings.Compare(a, b)
	case errA != nil:
		return 1
	case errB != nil:
		return -1
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
