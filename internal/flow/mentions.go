package flow

import (
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// Mentions reports whether a function, or one that it calls, uses a symbol to which the
// models give that role.
func (p *Package) Mentions(name, role string) bool { return p.Engine.mentions(name, role) }

func (e *Engine) mentions(name, role string) bool {
	seen := map[string]bool{}
	work := []string{name}
	for len(work) > 0 && len(seen) < 50 {
		at := work[0]
		work = work[1:]
		fn := e.Code.Func(at)
		if fn == nil || seen[at] {
			continue
		}
		seen[at] = true
		for b := range fn.Blocks {
			for i := range fn.Blocks[b].Instrs {
				sym := fn.Blocks[b].Instrs[i].Sym
				if sym != "" && e.Table.Find(role, sym) != nil {
					return true
				}
				work = append(work, sym)
			}
		}
	}
	return false
}

// Uses returns what a function, or one that it calls, uses of what the models
// know.
func (p *Package) Uses(name string) []Use {
	var found []Use
	seen := map[string]bool{}
	for work := []string{name}; len(work) > 0 && len(seen) < maxUsers; work = work[1:] {
		fn := p.Func(work[0])
		if fn == nil || seen[work[0]] {
			continue
		}
		seen[work[0]] = true
		for b := range fn.Blocks {
			for i := range fn.Blocks[b].Instrs {
				instr := &fn.Blocks[b].Instrs[i]
				if instr.Sym == "" {
					continue
				}
				work = append(work, instr.Sym)
				if p.Engine.Table.Lookup(instr.Sym) != nil {
					found = append(found, Use{instr.Sym, p.headerOf(fn, instr)})
				}
			}
		}
	}
	return found
}

// headerOf returns the request header that a call names.
func (p *Package) headerOf(fn *ir.Func, call *ir.Instr) string {
	row := p.Engine.Table.Find("header.get", call.Sym)
	if row == nil {
		return ""
	}
	if name := row.Arg("name"); name != "" {
		return name
	}
	i, err := strconv.Atoi(row.Arg("key"))
	if strings.HasPrefix(row.Symbol, "(") {
		i++ // the receiver comes first
	}
	if err != nil || i >= len(call.Args) || call.Args[i] >= 0 {
		return ""
	}
	return fn.Const(call.Args[i]).Text
}

// Names reports whether a function of this package, or a closure in it, has the
// text, in any case, as a constant.
func (p *Package) Names(function, text string) bool {
	fn := p.Func(function)
	if fn == nil {
		return false
	}
	for _, c := range fn.Consts {
		if c.Kind == ir.StringConst && strings.EqualFold(c.Text, text) {
			return true
		}
	}
	return false
}
