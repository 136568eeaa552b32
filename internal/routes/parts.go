package routes

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
)

// Parts returns the names of the functions that the handler goes on in, on the way
// to a change, outermost first.
func (s *Served) Parts(c *Change) []string {
	var parts []string
	below := false
	for _, site := range append(c.Calls[:len(c.Calls):len(c.Calls)], c.Site) {
		if below {
			parts = append(parts, nameOf(site.Func.Name))
		}
		below = below || s.within[site.Func.Name]
	}
	return parts
}

// nameOf is the name of a function without package and receiver, that of the
// receiver for the method that every handler has.
func nameOf(function string) string {
	parts := strings.Split(strings.TrimRight(function[strings.LastIndexByte(function, '/')+1:], ")"), ".")
	last := parts[len(parts)-1]
	if last == "ServeHTTP" && len(parts) > 2 {
		return strings.TrimRight(parts[len(parts)-2], ")")
	}
	return last
}

// places notes where the package's own code changes something.
func (s *search) places(pkg *ssax.Package) {
	s.source, s.acting, s.dynamic = pkg, map[token.Pos]ssa.Instruction{}, map[token.Pos]bool{}
	for _, fn := range pkg.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if s.effects.Acts(instr) {
					s.acting[instr.Pos()] = instr
				} else if call, ok := instr.(ssa.CallInstruction); ok && !call.Common().IsInvoke() && call.Common().StaticCallee() == nil {
					s.dynamic[instr.Pos()] = true
				}
			}
		}
	}
}
