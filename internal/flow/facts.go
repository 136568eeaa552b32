package flow

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// PackageCode is the fact that carries the code of a package to those that
// import it.
type PackageCode struct {
	Program  *ir.Program
	Touching [questions][]string // by question, the functions that can come to it, sorted
	Setters  []string            // functions that set a header of a name that they are given, sorted
	Making   []string            // exported functions whose only result is memory that they make, sorted
	Empty    []string            // settings that the package declares and leaves empty by default
}

// AFact marks PackageCode as a fact.
func (*PackageCode) AFact() {}

// String lists the functions, for tests.
func (c *PackageCode) String() string {
	return "code of " + strings.Join(slices.Sorted(maps.Keys(c.Program.Funcs)), ", ")
}

// PackagePlaces is the fact that says where the code in PackageCode stands. It
// is apart from that, because code that was only moved is the same code.
type PackagePlaces struct {
	Places []ir.Position // by the numbers that instructions have for positions
}

// AFact marks PackagePlaces as a fact.
func (*PackagePlaces) AFact() {}

// OnDemand says that it is only imported where it is needed, by package: results
// depend on it where it was.
func (*PackagePlaces) OnDemand() {}

// String says nothing: the places are those of the code.
func (*PackagePlaces) String() string { return "places" }

func (p *Package) importFacts() {
	p.imported = map[string]*PackageCode{}
	p.sources = map[string]*types.Package{}
	for _, f := range p.pass.AllPackageFacts() {
		if code, ok := f.Fact.(*PackageCode); ok && f.Package != p.pass.Pkg {
			p.imported[f.Package.Path()] = code
			p.sources[f.Package.Path()] = f.Package
			p.empty = append(p.empty, code.Empty...)
		}
	}
}

// comesTo reports whether a function of this package, or of one whose code came as a
// fact, can come to what a question is about.
func (p *Package) comesTo(q Question, name string) bool {
	return p.touching[q][name] || p.isAmong(name, func(code *PackageCode) []string { return code.Touching[q] })
}

// setsHeader reports whether such a function sets a header of a name that it is given.
func (p *Package) setsHeader(name string) bool {
	return p.setters[name] || p.isAmong(name, func(code *PackageCode) []string { return code.Setters })
}

// Makes implements [Code].
func (p *Package) Makes(name string) bool {
	return p.isAmong(name, func(code *PackageCode) []string { return code.Making })
}

// isAmong reports whether a function is among those that are listed, sorted, in the
// code of its package. There are far more of them below a package than it asks about,
// so they are not gathered. The last element of an import path may have dots itself.
func (p *Package) isAmong(name string, listed func(*PackageCode) []string) bool {
	symbol := strings.TrimPrefix(strings.TrimPrefix(name, "("), "*")
	for end := strings.LastIndexByte(symbol, '/') + 1; ; end++ {
		dot := strings.IndexByte(symbol[end:], '.')
		if dot < 0 {
			return false
		}
		end += dot
		if code := p.imported[symbol[:end]]; code != nil {
			if _, found := slices.BinarySearch(listed(code), name); found {
				return true
			}
		}
	}
}

// Acts implements [Code].
func (p *Package) Acts(dynamic string) bool {
	if p.acting == nil {
		p.acting = map[string]bool{}
		note := func(name string) {
			if receiver, _, isMethod := strings.Cut(name, ")."); isMethod {
				p.acting[receiver[1:]] = true
			}
		}
		for name := range p.touching[p.question] {
			note(name)
		}
		for _, code := range p.imported {
			for _, name := range code.Touching[p.question] {
				note(name)
			}
		}
	}
	return p.acting[dynamic] || p.acting[strings.TrimPrefix(dynamic, "*")]
}
