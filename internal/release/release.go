// Package release tells and orders the versions of modules.
package release

import (
	"go/token"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

// inPath matches the version in a file's path in the module cache.
var inPath = regexp.MustCompile(`@(v[0-9][^/\\]*)[/\\]`)

// Of returns the version of the module that holds a package, as the positions
// of its declarations tell: export data names source files, and those stand in
// folders named after module and version. It is "" where the module is vendored
// or replaced.
func Of(fset *token.FileSet, pkg *types.Package) string {
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		if _, ok := obj.(*types.PkgName); ok {
			continue
		}
		if match := inPath.FindStringSubmatch(fset.Position(obj.Pos()).Filename); match != nil {
			return strings.TrimSuffix(match[1], "+incompatible")
		}
		return ""
	}
	return ""
}

// Before reports whether version is older than border. Versions are module
// versions, pseudo-versions included; the empty one is the newest.
func Before(version, border string) bool {
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
