package flow

import (
	"slices"

	"github.com/soplint/soplint/internal/ir"
)

// maxAsked bounds the functions that Authorities looks at.
const maxAsked = 200

// Authorities returns the kinds of what the named functions, and those that they
// call or make, ask a browser for: cookies, basic or certificates (authority.model),
// sorted.
func (p *Package) Authorities(names []string) []string {
	var kinds []string
	seen := map[string]bool{}
	work := slices.Clone(names)
	for len(work) > 0 && len(seen) < maxAsked {
		name := work[0]
		work = work[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		if row := p.Engine.Table.Find("authority", name); row != nil && !slices.Contains(kinds, row.Arg("is")) {
			kinds = append(kinds, row.Arg("is"))
		}
		if fn := p.Func(name); fn != nil {
			work = append(work, mentioned(fn)...)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// mentioned are the functions and fields that code names.
func mentioned(fn *ir.Func) []string {
	var names []string
	for b := range fn.Blocks {
		for i := range fn.Blocks[b].Instrs {
			if sym := fn.Blocks[b].Instrs[i].Sym; sym != "" {
				names = append(names, sym)
			}
		}
	}
	for _, c := range fn.Consts {
		if c.Kind == ir.FuncConst {
			names = append(names, c.Text)
		}
	}
	return names
}

// Functions returns the names of a closure's function and of those that it holds.
func (c *Closure) Functions() []string {
	names := []string{c.Name}
	for i := range c.Held {
		names = append(names, c.Held[i].Functions()...)
	}
	return names
}
