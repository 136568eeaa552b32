package protection

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/release"
	"github.com/soplint/soplint/internal/ssax"
)

// releaseOf judges the version of the library that a function is of, where the
// package imports it: it is mended once, in go.mod. What a sibling sub-domain
// needs is a cookie that it sets for this host, and Chromium and Firefox let nobody
// else set one whose name begins with __Host- (RFC 6265bis, section 4.1.3.2).
func (s *search) releaseOf(row *model.Row, callee *types.Package, f Flaw) {
	told := func(f *Flaw) bool { return f.Kind == KnownHole && f.By == callee.Path() }
	if slices.ContainsFunc(s.result.Flaws, told) || row.Arg("hole") == "origin" && s.hostOnly() {
		return
	}
	f.Version = release.Of(s.pass.Fset, callee)
	if f.Version != "" && release.Before(f.Version, row.Arg("before")) {
		f.Kind, f.By, f.Text, f.Reason = KnownHole, callee.Path(), row.Arg("cve"), row.Arg("hole")
		f.Pos = s.imported(callee.Path(), f.Pos)
		s.keep(f)
	}
}

// toolchain judges the release of Go that go.mod names: what builds the package is that
// one, or one after it.
func (s *search) toolchain(row *model.Row, f Flaw) {
	if s.pass.Pkg.GoVersion() == row.Arg("release") {
		f.Kind, f.Text, f.Version = ToolchainHole, row.Arg("cve"), strings.TrimPrefix(row.Arg("release"), "go")
		s.keep(f)
	}
}

// hostOnly reports whether the token's cookie is one that only this host can set.
func (s *search) hostOnly() bool {
	for _, row := range s.table.Rows() {
		if row.Role != "csrf.name" {
			continue
		}
		for _, call := range s.trace.CallsOf(row.Symbol) {
			names := s.texts(ssax.Argument(call.Common(), row.Arg("name")))
			if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, "__Host-") }) {
				return true
			}
		}
	}
	return false
}

// imported returns where the package first imports another one, or else the
// place that is given.
func (s *search) imported(path string, or token.Pos) token.Pos {
	for _, file := range s.pass.Files {
		for _, spec := range file.Imports {
			if spec.Path.Value == strconv.Quote(path) {
				return spec.Pos()
			}
		}
	}
	return or
}

// version returns the version of the package with that path, "" where it is not
// imported or not known.
func (s *search) version(path string) string {
	if pkg := s.source.Import(path); pkg != nil {
		return release.Of(s.pass.Fset, pkg)
	}
	return ""
}
